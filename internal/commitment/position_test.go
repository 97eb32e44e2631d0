package commitment

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

func TestStand(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		id   string
		ev   Evidence
		want Code
	}{
		"nothing known":                           {"C1", nil, NotKnown},
		"a figure":                                {"C1", Evidence{{"kits", Measured, "1,204", "", ""}}, Recorded},
		"a figure of nought is a figure":          {"C1", Evidence{{"kits", Measured, "0", "", ""}}, Recorded},
		"figure before baseline":                  {"C1", Evidence{{"baseline:thn", No, "", "", ""}, {"kits", Measured, "12", "", ""}}, Recorded},
		"a service reported":                      {"C1", Evidence{{"baseline:thn", Yes, "", "", ""}}, ServiceReported},
		"a service reported absent":               {"C1", Evidence{{"baseline:thn", No, "", "", ""}}, Absent},
		"unknown is not absent":                   {"C1", Evidence{{"baseline:thn", Unknown, "", "", ""}}, NotKnown},
		"no denominator is no figure":             {"C1", Evidence{{"reach", NoDenominator, "", "", ""}}, NotKnown},
		"not reported is no figure":               {"C1", Evidence{{"kits", NotReported, "", "", ""}}, NotKnown},
		"masked is no figure":                     {"C1", Evidence{{"kits", Masked, "", "", ""}}, NotKnown},
		"an item without a state":                 {"C1", Evidence{{"kits", "", "1,204", "", ""}}, NotKnown},
		"a later item with a state":               {"C1", Evidence{{"kits", "", "", "", ""}, {"kits", Measured, "3", "", ""}}, Recorded},
		"peers imply the service":                 {"C1", Evidence{{"baseline:peer", Yes, "", "", ""}}, ServiceReported},
		"no peers do not mean no naloxone":        {"C1", Evidence{{"baseline:peer", No, "", "", ""}}, NotKnown},
		"no prison does not spoil a yes":          {"C1", Evidence{{"baseline:thn", Yes, "", "", ""}, {"baseline:prison", No, "", "", ""}}, ServiceReported},
		"two services, one absent":                {"C4", Evidence{{"baseline:nsp", Yes, "", "", ""}, {"baseline:oat", No, "", "", ""}}, Mixed},
		"two services, both absent":               {"C4", Evidence{{"baseline:nsp", No, "", "", ""}, {"baseline:oat", No, "", "", ""}}, Absent},
		"two services, one unknown":               {"C4", Evidence{{"baseline:nsp", Yes, "", "", ""}, {"baseline:oat", Unknown, "", "", ""}}, ServiceReported},
		"a consumption room is an example":        {"C5", Evidence{{"baseline:dcr", Yes, "", "", ""}}, ServiceReported},
		"its absence is held against nobody":      {"C5", Evidence{{"baseline:dcr", No, "", "", ""}}, NotKnown},
		"nor as another measure":                  {"C3", Evidence{{"baseline:dcr", No, "", "", ""}}, NotKnown},
		"evidence of something else":              {"C2", Evidence{{"kits", Measured, "12", "", ""}, {"baseline:thn", Yes, "", "", ""}}, NotKnown},
		"what cannot be shown is not scored":      {"C9", Evidence{{"kits", Measured, "12", "", ""}}, NotMeasurable},
		"what the UN is asked is not a country's": {"C11", Evidence{{"baseline:thn", Yes, "", "", ""}}, NotMeasurable},
		"the meeting was not found":               {"C13", nil, NotKnown},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, ok := Find(tc.id)
			require.True(t, ok)
			require.Equal(t, tc.want, Stand(c, tc.ev).Code)
		})
	}
}

func TestAPositionCarriesItsEvidence(t *testing.T) {
	t.Parallel()
	c := Commitment{ID: "C1", Measurable: Fully, Links: []Link{{"kits", Inferred, false}, {"reach", Inferred, false}, {"baseline:thn", IDPC, false}}}
	got := Stand(c, Evidence{{"baseline:thn", No, "HRI 2024", "", ""}, {"kits", Measured, "1,204", "", ""}, {"weather", Yes, "", "", ""}})
	want := Position{
		Code:  Recorded,
		Shown: []Shown{{c.Links[0], Item{Indicator: "kits", State: Measured, Text: "1,204"}}, {c.Links[2], Item{Indicator: "baseline:thn", State: No, Text: "HRI 2024"}}},
		Lacks: []Link{c.Links[1]},
	}
	require.Empty(t, cmp.Diff(want, got))
}

func TestNoPositionButNotKnownWithoutEvidence(t *testing.T) {
	t.Parallel()
	for _, c := range All() {
		p := Stand(c, nil)
		require.Contains(t, []Code{NotKnown, NotMeasurable}, p.Code, c.ID)
		require.Empty(t, p.Shown, c.ID)
	}
}
