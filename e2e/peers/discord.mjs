// discord.mjs: discord-digital-twin (npm) on loopback, with a small JSON control API so that a test can act as the person.
//   TWIN_CTL=PORT node discord.mjs
import http from 'node:http'
// the twin calls server.listen(0) = all interfaces: force loopback
const listen = http.Server.prototype.listen
http.Server.prototype.listen = function (port, ...a) {
  if (typeof port === 'number' && typeof a[0] !== 'string') return listen.call(this, Number(process.env.TWIN_PORT || port), '127.0.0.1', ...a)
  return listen.call(this, port, ...a)
}
const { DigitalDiscord } = await import('discord-digital-twin')
const d = new DigitalDiscord({
  botToken: 'twin-bot-token',
  guild: { name: 'Newsroom' },
  channels: [{ name: 'articles', type: 0 }],
  users: [{ username: 'reader' }],
})
await d.start()
const ch = (await d.prisma.channel.findMany())[0]
const info = { port: d.port, rest: d.restUrl, gateway: d.gatewayUrl, token: d.botToken, app_id: d.botUserId, guild_id: d.guildId, channel_id: ch.id, user_id: await d.getFirstNonBotUserId() }
const ctl = {
  '/info': async () => info,
  '/say': async (b) => d.simulateUserMessage({ channelId: info.channel_id, userId: info.user_id, ...b }),
  '/slash': async (b) => d.channel(info.channel_id).user(info.user_id).runSlashCommand(b),
  '/interaction': async (b) => d.simulateInteraction({ channelId: info.channel_id, userId: info.user_id, ...b }),
  '/button': async (b) => d.channel(info.channel_id).user(info.user_id).clickButton(b),
  '/select': async (b) => d.channel(info.channel_id).user(info.user_id).selectMenu(b),
  '/modal': async (b) => d.channel(info.channel_id).user(info.user_id).submitModal(b),
  '/ack': async (b) => d.channel(info.channel_id).waitForInteractionAck(b),
  '/messages': async () => d.channel(info.channel_id).getMessages(),
  '/drop': async () => { const n = d.server.gateway.clients.length; for (const c of [...d.server.gateway.clients]) c.ws.terminate(); return { dropped: n } },
  '/close': async (b) => { for (const c of [...d.server.gateway.clients]) c.ws.close(b.code, b.reason ?? ''); return {} },
  '/op': async (b) => { for (const c of d.server.gateway.clients) c.ws.send(JSON.stringify(b)); return {} },
}
http.createServer(async (req, res) => {
  let s = ''; for await (const c of req) s += c
  res.setHeader('content-type', 'application/json')
  try { res.end(JSON.stringify(await ctl[new URL(req.url, 'http://x').pathname](s ? JSON.parse(s) : {}) ?? null)) }
  catch (e) { res.statusCode = 500; res.end(JSON.stringify({ error: String(e?.message ?? e).slice(0, 400) })) }
}).listen(Number(process.env.TWIN_CTL || 4710), '127.0.0.1', () => console.log(JSON.stringify(info)))
