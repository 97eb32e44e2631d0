package commitment

// State is what is known for one indicator.
type State string

// The states of evidence. The zero State is no evidence at all.
const (
	Measured      State = "measured"       // records give a figure, which may be zero
	Yes           State = "yes"            // reference data say the service exists
	No            State = "no"             // reference data say it does not
	Unknown       State = "unknown"        // reference data do not say
	NotReported   State = "not_reported"   // nobody sent records
	NoDenominator State = "no_denominator" // counted, with nothing to divide by
	Masked        State = "masked"         // too small to show
)

// Key is the catalogue key of the state's name.
func (s State) Key() string { return "commitment.state." + string(s) }

// Item is one piece of evidence. Text is the figure or mark as the reader is to
// see it, with its source; it is carried along and never read here.
type Item struct {
	Indicator string
	State     State
	Text      string
	Name      string // what it speaks of, where the indicator's name says too much
	Source    string // of Text, where Text does not name it
}

// Evidence is everything the caller knows of one country and period.
type Evidence []Item

// Code is how a country stands on a commitment. It is a word about evidence, not
// a grade: there is no score, and none can be computed from these.
type Code string

// The positions.
const (
	Recorded        Code = "recorded"         // records give figures
	ServiceReported Code = "service_reported" // no figures, but a source reports the service
	Mixed           Code = "mixed"            // one service is reported and another reported absent
	Absent          Code = "absent"           // a source reports that the service does not exist
	NotKnown        Code = "not_known"        // nothing says either
	NotMeasurable   Code = "not_measurable"   // not a thing that can be shown here
)

// Key is the catalogue key of the position's name.
func (c Code) Key() string { return "commitment.position." + string(c) }

// HelpKey is the catalogue key of what the position means and does not mean.
func (c Code) HelpKey() string { return "commitment.position_help." + string(c) }

// Shown is an indicator beside a position: the link and what is known of it.
type Shown struct {
	Link Link
	Item Item
}

// Position is how a country stands, with all that was considered.
type Position struct {
	Code  Code
	Shown []Shown // evidence for and against, in the order of the links
	Lacks []Link  // indicators that would speak to it and of which nothing came
}

// Stand finds how a country stands on a commitment. Figures from records count
// before marks of reference data, because they are newer and can be checked.
// Evidence that is not linked to the commitment is ignored.
func Stand(c Commitment, ev Evidence) Position {
	p := Position{Code: NotMeasurable}
	if c.Measurable == Never {
		return p
	}
	var measured, yes, no bool
	for _, l := range c.Links {
		item, ok := ev.of(l.Indicator)
		if !ok {
			p.Lacks = append(p.Lacks, l)
			continue
		}
		p.Shown = append(p.Shown, Shown{Link: l, Item: item})
		measured = measured || item.State == Measured
		yes = yes || item.State == Yes
		no = no || item.State == No && !l.Example
	}
	p.Code = code(measured, yes, no)
	return p
}

// code is the rule: what speaks loudest decides.
func code(measured, yes, no bool) Code {
	switch {
	case measured:
		return Recorded
	case yes && no:
		return Mixed
	case yes:
		return ServiceReported
	case no:
		return Absent
	default:
		return NotKnown
	}
}

// of finds the evidence for an indicator. An item without a state says nothing.
func (ev Evidence) of(indicator string) (Item, bool) {
	for _, i := range ev {
		if i.Indicator == indicator && i.State != "" {
			return i, true
		}
	}
	return Item{}, false
}
