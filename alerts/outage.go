package alerts

import "time"

// downAfter is how many sends in a row must fail until a platform counts as down.
const downAfter = 8

// An outage is how a platform fares as a whole.
type outage struct {
	failures int       // sends in a row of which the platform did not say what became of them
	probe    time.Time // while it is down: when the next send may begin
	prober   int64     // the delivery with which the last such send began; 0 if none did
}

func (o outage) down() bool { return o.failures >= downAfter }

// observe notes what a send came to. Whatever the platform answers, even a refusal, shows that it is there; that it is
// not its turn yet (Wait) shows nothing.
func (d *Dispatcher) observe(platform string, e *SendError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	o := d.outages[platform]
	switch {
	case e == nil:
		if o.down() {
			d.log.Info("the platform answers again", "platform", platform)
		}
		o = outage{}
	case e.Class == Wait:
		return
	case e.Class == Unsent || e.Class == Ambiguous:
		if o.failures++; o.failures == downAfter {
			o.probe = d.now().Add(d.pace.Probe)
			d.log.Error("the platform is down: one send in a while finds out when it is back", "platform", platform, "every", d.pace.Probe, "err", e)
		}
	default:
		o = outage{}
	}
	d.outages[platform] = o
}

// open parts the platforms that may be called now from those that are down, of which one send each may begin; that it
// may is used up.
func (d *Dispatcher) open(now time.Time) (well, probed []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for name := range d.posters {
		if _, dead := d.dead[name]; dead || now.Before(d.paused[name]) {
			continue
		}
		switch o := d.outages[name]; {
		case !o.down():
			well = append(well, name)
		case !now.Before(o.probe) || o.probe.Sub(now) > d.pace.Probe: // else the clock went back
			probed = append(probed, name)
		}
	}
	return well, probed
}

// unprobed gives back a probe with which nothing was called. A delivery that was claimed before the platform went down has none.
func (d *Dispatcher) unprobed(c Delivery) {
	d.mu.Lock()
	defer d.mu.Unlock()
	platform := c.Channel.Platform()
	if o := d.outages[platform]; o.down() && o.prober == c.ID {
		o.probe = d.now()
		d.outages[platform] = o
	}
}

// probing notes that a platform that is down is being called with the delivery.
func (d *Dispatcher) probing(c Delivery, now time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	platform := c.Channel.Platform()
	o := d.outages[platform]
	o.probe, o.prober = now.Add(d.pace.Probe), c.ID
	d.outages[platform] = o
}
