package thn

import (
	"fmt"
	"slices"
	"strings"
)

// Survey is what a group of people answered to one question: of so many asked, so
// many said yes. It is a sum that somebody published or counted and never one
// person's answer: nothing leads from it to who was asked.
type Survey struct {
	ID       ID
	Question Question
	Area     ID
	Period   Period // when they were asked, not what they were asked about
	Yes      int64
	Asked    int64  // who answered yes or no; 0 when the source does not say
	Returns  int64  // how often those who came back did so, all together; 0 when the source does not say
	Sample   string // who was asked, in the words of the source
	Source   string
	URL      string
	AsAt     Date // when the source said so; zero when not known
	Corrects ID   // the version it replaces
	Void     bool
}

// Question says what was asked. A question that holds others ("always or often",
// "close at hand") is another question than those: answers to the two are never
// added or set against each other.
type Question string

// Questions lists them in the order of a cascade: those of the programme, then of
// knowing, having, carrying and using.
var Questions = []Question{TrainedOfTarget, GivenOfTrained, AtHand, CarryingNow, Aware, EverReceived, EverTrained, Received12Months, Received6Months,
	HasNow, CarriesOften, CarriesAlways, CarriesNever, EverUsed, UsedOrLost, Refilled, CameBack, FollowedUp, Witnessed, UsedWhenWitnessed}

// The questions.
const (
	TrainedOfTarget   Question = "trained_of_target" // of the people the programme is for
	GivenOfTrained    Question = "given_of_trained"
	AtHand            Question = "at_hand"      // carrying it or having it close at hand, of those supplied
	CarryingNow       Question = "carrying_now" // on them on the day they were asked, of those supplied
	Aware             Question = "aware"        // have heard of take-home naloxone
	EverReceived      Question = "ever_received"
	EverTrained       Question = "ever_trained"
	Received12Months  Question = "received_12_months"
	Received6Months   Question = "received_6_months"
	HasNow            Question = "has_now"
	CarriesOften      Question = "carries_often" // always or often
	CarriesAlways     Question = "carries_always"
	CarriesNever      Question = "carries_never"
	EverUsed          Question = "ever_used"
	UsedOrLost        Question = "used_or_lost"
	Refilled          Question = "refilled"  // got another after using or losing one
	CameBack          Question = "came_back" // at least once, of the participants
	FollowedUp        Question = "followed_up"
	Witnessed         Question = "witnessed" // saw an overdose
	UsedWhenWitnessed Question = "used_when_witnessed"
)

// Counted tells that the answer comes from a programme's own books of everybody
// it is about. What is no sample has no sampling interval.
func (q Question) Counted() bool {
	return q == TrainedOfTarget || q == GivenOfTrained || q == CameBack || q == FollowedUp
}

// Check tells what is impossible about a survey.
func (s Survey) Check() error {
	switch {
	case !slices.Contains(Questions, s.Question):
		return fmt.Errorf("no question %q", clip(string(s.Question)))
	case s.Area == "" || s.Source == "" || s.Sample == "":
		return fmt.Errorf("a survey names its area, its source and who was asked")
	case s.Yes < 0 || s.Asked < 0 || s.Asked > 0 && s.Yes > s.Asked:
		return fmt.Errorf("nobody said yes who was not asked")
	case s.Returns != 0 && (s.Question != CameBack || s.Returns < s.Yes):
		return fmt.Errorf("returns are of people who came back, at least one for each")
	case s.Period.From.IsZero() || !s.Period.From.Before(s.Period.To):
		return fmt.Errorf("a survey has a period")
	}
	return nil
}

// Scope is the natural key of an answer. Who was asked and by whom belong to it:
// several surveys may stand side by side for one place and period.
func (s Survey) Scope() string { return string(s.Question) + "|" + s.Sampling() }

// Sampling is the key of whom a survey asked, where, when and by whom: answers
// that share it may stand in one cascade, others never do.
func (s Survey) Sampling() string {
	return strings.Join([]string{string(s.Area), s.Period.String(), Fold(s.Sample), Fold(s.Source)}, "|")
}
