package aliases

import (
	"encoding/json"
	"maps"
	"slices"
)

// answer reads what a SPARQL query found, a row for each binding. https://www.w3.org/TR/sparql11-results-json/
func (f *file) answer(e entry, line int) error {
	var head struct {
		Vars []string `json:"vars"`
	}
	var results struct {
		Bindings []map[string]term `json:"bindings"`
	}
	if json.Unmarshal(e.Head, &head) != nil || json.Unmarshal(e.Results, &results) != nil || results.Bindings == nil {
		return f.wrong(line, "this looks like a query's answer (head, results) without its rows; at query.wikidata.org download it as CSV")
	}
	c, err := f.columns(head.Vars, line)
	if err != nil {
		return err
	}
	for _, b := range results.Bindings {
		row := make([]string, len(head.Vars))
		for i, name := range head.Vars {
			row[i] = b[name].Value
		}
		if err := f.row(c, row, line); err != nil {
			return err
		}
	}
	return nil
}

// plainRow is an object of texts alone, one row of a query's answer as query.wikidata.org writes it to JSON; nil if it is none.
func (f *file) plainRow(object []byte) *plainRow {
	var values map[string]string
	if json.Unmarshal(object, &values) != nil {
		return nil
	}
	names := slices.Sorted(maps.Keys(values))
	c := f.titles.asHeader(names)
	if c.name < 0 {
		return nil
	}
	if f.counts.Columns == nil {
		f.counts.Columns = c.known(names)
	}
	row := plainRow{columns: c}
	for _, name := range names {
		row.cells = append(row.cells, values[name])
	}
	return &row
}

type plainRow struct {
	columns *columns
	cells   []string
}
