package match

// isHonorific tells titles that lists of officials write, folded, beside those of newspapers that isTitle has itself.
func isHonorific(s string) bool {
	switch s {
	case "hon'ble", "honble", "honourable", "honorable", "hons", "shri", "shriman", "smt", "shrimati", "sushri", "thiru", "thirumathi", "alhaji", "alhaja", "alhaj", "tuan", "mk", "haji", "hajji",
		"hajia", "hajiya", "hajah", "engr", "drs", "dato", "datuk", "datin", "encik", "puan", "yb", "yab", "ybhg", "bapak", "jenderal", "letjen", "laksamana", "komjen",
		"khun", "khunying", "dasho", "lyonchhen", "samdech", "techo", "oknha", "okhna", "sayadaw", "gsts", "pgsts",
		"otunba", "asiwaju", "mallam", "malam", "otumfuo", "osagyefo", "kgosi", "kgoshi", "inkosi", "mheshimiwa", "mhe", "dkt", "weizero":
		return true
	case "hrh", "hsh", "sem", "rev", "revd", "reverend", "pastor", "monsignor", "msgr", "monseigneur", "mons", "abbe", "fray", "metropolitan", "patriarch",
		"begum", "makhdoom", "makhdum", "mian", "maulana", "mullah", "mawlawi", "maulvi", "mufti", "allama", "shaikh", "sheik", "sheikha", "shaykh", "cheikh", "hojjatoleslam", "hojatoleslam", "baroness",
		"viscountess", "maj", "cmdr", "cdr", "brig", "brigadier", "marshal", "commodore", "daw", "cde", "barrister", "advocate", "councillor", "cllr", "delegate",
		"assemblyman", "deputy", "taoiseach", "tanaiste", "minister-president", "treasurer", "late", "acting", "interim", "emeritus", "associate":
		return true
	case "dipling", "mudr", "judr", "phdr", "rndr", "mvdr", "paeddr", "thdr", "pharmdr", "mgr", "mga", "bca", "dott", "dottssa", "dottore", "avv", "srta", "srita",
		"excmo", "excma", "ilmo", "ilma", "exmo", "exma", "cdor", "gral", "cnel", "pbro", "monsenor", "almirante", "desembargador", "vereador", "doutor", "doutora",
		"docteur", "capitaine", "amiral", "coronel", "capitao", "senatore", "geom", "cav", "bundesminister", "bundesministerin", "bundesrat", "staatsminister",
		"staatssekretar", "generalleutnant", "generalmajor", "oberst", "oberstleutnant", "botschafter", "botschafterin", "altkanzler", "jhr", "jkvr", "dhr", "statsrad", "statsradet", "delegado", "delegada", "pr", "abp", "bp", "ks", "kard", "plk", "ppłk", "znj", "riksdagsledamot", "kansanedustaja", "posel", "poslanka", "wicepremier", "marszalek", "ambasador", "poslankyne", "kardinal", "ozv", "ifj", "tabornok", "akademik",
		"gospodin", "gospodja", "domnul", "doamna", "zoti", "milletvekili", "orgeneral", "oramiral", "cenab":
		return true
	case "гн", "гжа", "господин", "госпожа", "проф", "академик", "пан", "пані", "др", "дн", "доктор", "депутат", "подполковник", "митрополит", "архиепископ", "епископ", "протоиерей",
		"патриарх", "патријарх", "имам", "муфтий", "шейх", "гдин", "премьерминистр", "прем'єрміністр", "вицепрезидент", "вицепремьер", "генералмайор", "генералполковник",
		"جناب", "اقاي", "الاستاذ", "استاذ", "معالي", "سعاده", "فخامه", "دوله", "سمو", "حضره", "الدكتوره", "المهندس", "اللواء", "الفريق", "العميد", "سيد", "السيده", "حجتالاسلام", "ايتالله", "دكتر",
		"הרב", "השר", "השרה", "ח\"כ", "חכ", "ד\"ר", "עו\"ד", "δρ", "ڈاكٹر", "مولانا", "محترم", "محترمہ", "جنرل", "بيگم", "چوہدري", "سينيٹر", "مهندس", "سرلشكر", "سرتيپ", "المشير", "الامام", "السلطان", "القاضي", "الحاج", "جلاله", "سياده", "सुश्री", "माननीय", "राष्ट्रपति", "प्रधानमंत्री", "मंत्री", "जनरल", "न्यायमूर्ति", "ডা", "অধ্যাপক", "মাননীয়", "นาย", "นาง", "นางสาว", "ดร", "คุณ", "พลเอก", "השופט", "פרופסור", "עוד", "דר", "დოქტორი", "პრეზიდენტი", "გენერალი", "պրն", "նախագահ", "վարչապետ", "श्री", "श्रीमती", "डॉ", "डा", "प्रो", "ড", "জনাব", "শ্রী",
		"ბატონი", "ქალბატონი", "պարոն", "տիկին":
		return true
	}
	return false
}

// isHonorificName tells titles, folded, that are names as often: what follows them is looked for as well, where it is long enough.
func isHonorificName(s string) bool {
	switch s {
	case "syed", "syeda", "sayed", "sayyid", "sayyed", "seyyed", "seyed", "sardar", "khawaja", "chaudhry", "chaudhary", "chaudhari", "pir", "hafiz", "qazi", "swami", "pandit", "sant", "acharya",
		"oba", "nana", "togbe", "ato", "ras", "sri", "selvi", "kumari", "md", "mohd", "muhammad", "mohammad", "tengku", "tunku", "raja", "raden", "ratu", "gusti", "nawab",
		"don", "dona", "dom", "pastor":
		return true
	}
	return isRankOrName(s)
}

// isHonorificCutShort tells what is a title, folded, where a full stop stands behind it, and else may be a name.
func isHonorificCutShort(s string) bool {
	switch s {
	case "hon", "on", "mag", "ing", "inz", "ir", "dra", "hj", "he", "se", "hm", "hh", "fr", "hr", "bc", "doc", "adv", "av", "lic", "arq", "ifj", "sr", "pr", "ak", "univ", "dipl", "habil",
		"hc", "med", "jur", "phil", "lt", "col", "maj", "gen", "ген", "акад":
		return true
	}
	return false
}
