package web

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Metrics are the figures that the program counts. They carry no label that a stranger could make many of.
type Metrics struct {
	Polls      *prometheus.CounterVec // by outcome: read, unchanged, failed
	Articles   prometheus.Counter
	Decisions  *prometheus.CounterVec // by verb
	NearMisses prometheus.Counter
	Deliveries *prometheus.CounterVec // by outcome: sent, again, failed, uncertain
	Repeated   prometheus.Counter     // sent without knowing whether they were there
}

// Backlog is what waits to be delivered.
type Backlog struct {
	ByState map[string]int
	Oldest  time.Duration // the age of the oldest that waits
	Stopped int           // channels that nothing is sent to until a person has mended something
	Failing bool          // the store takes no changes, such as on a full disk; one that does not answer is failing too
}

// NewMetrics registers the figures with r. backlog is asked at each scrape. While it fails, or gives no answer within five
// seconds, attache_store_failing is 1 and the other figures of the store are left out.
func NewMetrics(r prometheus.Registerer, version string, backlog func(context.Context) (Backlog, error)) *Metrics {
	m := &Metrics{
		Polls:      prometheus.NewCounterVec(prometheus.CounterOpts{Name: "attache_polls_total", Help: "Visits to feeds, by outcome."}, []string{"outcome"}),
		Articles:   prometheus.NewCounter(prometheus.CounterOpts{Name: "attache_articles_total", Help: "Articles recorded for the first time."}),
		Decisions:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "attache_decisions_total", Help: "Decisions about matches, by verb."}, []string{"verb"}),
		NearMisses: prometheus.NewCounter(prometheus.CounterOpts{Name: "attache_near_misses_total", Help: "Watches that nearly fired on an article, kept for /why."}),
		Deliveries: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "attache_deliveries_total", Help: "Attempts to deliver, by outcome."}, []string{"outcome"}),
		Repeated: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "attache_deliveries_repeated_total", Help: "Messages sent again though an earlier attempt may have been accepted and the channel can't be read: each may be there twice.",
		}),
	}
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "attache_build_info", Help: "1, with the version as a label."}, []string{"version"})
	build.WithLabelValues(version).Set(1)
	r.MustRegister(m.Polls, m.Articles, m.Decisions, m.NearMisses, m.Deliveries, m.Repeated, build, &backlogCollector{
		ask:     backlog,
		asked:   make(chan struct{}, scrapes),
		states:  prometheus.NewDesc("attache_outbox_deliveries", "Deliveries in the outbox, by state.", []string{"state"}, nil),
		oldest:  prometheus.NewDesc("attache_outbox_oldest_seconds", "Age of the oldest delivery that waits.", nil, nil),
		stopped: prometheus.NewDesc("attache_channels_stopped", "Channels that nothing is sent to until a person has mended something.", nil, nil),
		failing: prometheus.NewDesc("attache_store_failing", "1 while the store takes no changes or does not answer, such as on a full disk.", nil, nil),
	})
	return m
}

const (
	answerWithin = 5 * time.Second // less than a scrape takes at most: 10 s, https://prometheus.io/docs/prometheus/latest/configuration/configuration/
	scrapes      = 4               // that ask the store at a time
)

// backlogCollector asks the store at each scrape.
type backlogCollector struct {
	ask                              func(context.Context) (Backlog, error)
	asked                            chan struct{} // one for each question that has no answer yet
	states, oldest, stopped, failing *prometheus.Desc
}

func (c *backlogCollector) Describe(out chan<- *prometheus.Desc) {
	out <- c.states
	out <- c.oldest
	out <- c.stopped
	out <- c.failing
}

func (c *backlogCollector) Collect(out chan<- prometheus.Metric) {
	b, answered := c.answer()
	failing := 0.0
	if b.Failing || !answered {
		failing = 1
	}
	out <- prometheus.MustNewConstMetric(c.failing, prometheus.GaugeValue, failing)
	if !answered {
		return
	}
	for state, n := range b.ByState {
		out <- prometheus.MustNewConstMetric(c.states, prometheus.GaugeValue, float64(n), state)
	}
	out <- prometheus.MustNewConstMetric(c.oldest, prometheus.GaugeValue, b.Oldest.Seconds())
	out <- prometheus.MustNewConstMetric(c.stopped, prometheus.GaugeValue, float64(b.Stopped))
}

// answer asks the store. One that hangs, deaf to its context too, is not waited for, and is asked by few scrapes.
func (c *backlogCollector) answer() (b Backlog, answered bool) {
	ctx, stop := context.WithTimeout(context.Background(), answerWithin)
	defer stop()
	select {
	case c.asked <- struct{}{}:
	case <-ctx.Done():
		return Backlog{}, false
	}
	said := make(chan Backlog, 1)
	go func() {
		defer func() { <-c.asked }()
		if b, err := c.ask(ctx); err == nil {
			said <- b
		}
		close(said)
	}()
	select {
	case b, answered = <-said:
	case <-ctx.Done():
	}
	return b, answered
}
