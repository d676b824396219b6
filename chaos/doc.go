// Package chaos kills the bot's process again and again while it records and posts, and then counts: every alert that was
// recorded stands in its channel once, and in order.
//
//	make chaos              200 kills for each platform, on SQLite
//	make chaos-postgres     the same on PostgreSQL, and what needs several processes or a server
//	make chaos KILLS=10000  the long run; SCALE=full for the other tests
//	SEED=7 make chaos       the same faults and pauses as another run with that seed
//	CHAOS_LOG=FILE          what the processes log
//
// The process that dies is real: it has the store on a disk, the engine, the poller, the dispatcher and the adapter of one
// platform, as cmd/bot puts them together, and is ended by SIGKILL. The platform is one of the fakes, in the process that
// kills; it refuses, cuts connections, accepts and answers with an error, and accepts after the client is dead, by chance.
//
// # Invariants
//
//   - Times are some fifty times faster than life; nothing is judged by the clock but where a test says so. The settle time
//     stays well above the time in which the platform accepts, as it must in life.
//   - Each run prints its seed and what it counted.
//   - A control that leaves a part of the protocol out must lose or double something, or the run fails: a harness that
//     finds nothing there would find nothing anywhere.
package chaos
