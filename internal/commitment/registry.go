package commitment

// All lists the commitments in the order to show them: availability of naloxone,
// paragraph 1, stands first. The slice is the caller's own.
func All() []Commitment {
	var all []Commitment
	all = append(all, services()...)
	return append(all, work()...)
}

// services are the commitments about what reaches people.
func services() []Commitment {
	g := []Party{Governments}
	return []Commitment{
		{
			ID: "C1", OP: OP1, Asked: g, Measurable: Fully,
			Says: []Statement{
				{"commitment.c1.channels", IDPC},
				{"commitment.c1.channels_caution", Inferred},
				{"commitment.c1.release", Reported},
				{"commitment.c1.release_message", IDPC},
			},
			Links: []Link{
				{"kits", Inferred, false},
				{"reach", Inferred, false},
				{"kits-per-death", Inferred, false},
				{"first-repeat", Inferred, false},
				{"peer-share", IDPC, false},
				{"prison-release", IDPC, false},
				{"baseline:thn", IDPC, false},
				{"baseline:peer", IDPC, true},
				{"baseline:prison", IDPC, true},
			},
		},
		{
			ID: "C2", OP: OP1And3, Asked: g, Measurable: Partly,
			Says:  []Statement{{"commitment.c2.gap", IDPC}},
			Links: []Link{{"baseline:oat", Inferred, false}},
		},
		{
			ID: "C3", OP: OP1, Asked: g, Measurable: Partly,
			Says:  []Statement{{"commitment.c3.reading", IDPC}, {"commitment.c3.caution", Inferred}},
			Links: []Link{{"baseline:dcr", IDPC, true}, {"baseline:drug_checking", IDPC, true}},
		},
		{
			ID: "C4", OP: OP1Or3, Asked: g, Measurable: Partly,
			Says:  []Statement{{"commitment.c4.words", Reported}, {"commitment.c4.gap", IDPC}},
			Links: []Link{{"baseline:nsp", Inferred, false}, {"baseline:oat", Inferred, false}},
		},
		{
			ID: "C5", OP: OP3, Asked: g, Measurable: Partly,
			Says:  []Statement{{"commitment.c5.reading", IDPC}, {"commitment.c5.caution", Inferred}},
			Links: []Link{{"baseline:dcr", IDPC, true}, {"baseline:drug_checking", IDPC, true}},
		},
	}
}

// work are the commitments about how governments and the UN go about it. No
// source gives the number of their paragraphs.
func work() []Commitment {
	g, un, both := []Party{Governments}, []Party{UN}, []Party{Governments, UN}
	return []Commitment{
		{ID: "C6", Asked: g, Measurable: Fully, Links: []Link{{"reporting-completeness", Inferred, false}, {"data-shared", Inferred, false}}},
		{ID: "C7", Asked: g, Measurable: Fully, Links: []Link{{"alerts", Inferred, false}}},
		{ID: "C8", Asked: both, Measurable: Fully, Links: []Link{{"people-trained", Inferred, false}, {"staff-trained", Inferred, false}}},
		{ID: "C9", Asked: g, Measurable: Never},
		{
			ID: "C10", Asked: both, Measurable: Fully,
			Says:  []Statement{{"commitment.c10.networks", IDPC}},
			Links: []Link{{"civil-society-share", Inferred, false}, {"peer-share", Inferred, false}},
		},
		{ID: "C11", Asked: un, Measurable: Never},
		{ID: "C12", Asked: g, Measurable: Never},
		{
			ID: "C13", Asked: un, Measurable: Partly,
			Says:  []Statement{{"commitment.c13.not_found", Inferred}},
			Links: []Link{{"milestone:expert-group", Inferred, false}},
		},
	}
}
