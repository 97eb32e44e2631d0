package server

import (
	"net/url"
	"strconv"

	"thntracker/internal/fault"
	"thntracker/internal/need"
	"thntracker/internal/page"
	"thntracker/internal/report"
)

// needForm is the plan with what it assumes; the period and the place of the view
// go with it.
func needForm(r *request, o report.Outlook, messages map[string]string) page.NeedPlan {
	q, l := r.query(), r.locale
	plan := page.NeedPlan{Action: "/need", Submit: l.T("need.see")}
	view := url.Values{}
	for _, name := range []string{"period", "area"} {
		if v := q.Get(name); v != "" {
			view.Set(name, v)
			plan.Fields = append(plan.Fields, page.Field{Kind: page.FieldHidden, Name: name, Value: v})
		}
	}
	if len(q) > len(view) {
		plan.Reset = page.Option{Value: "/need?" + view.Encode(), Label: l.T("need.reset")}
	}
	kinds := page.Field{Kind: page.FieldSelect, Name: "type", Label: l.T("need.type"), Error: messages["type"]}
	for _, e := range need.Epidemics {
		chosen := q.Get("type")
		if chosen == "" {
			chosen = need.DefaultEpidemic
		}
		kinds.Options = append(kinds.Options, page.Option{Value: e.Key, Label: l.T("need.kind." + e.Key), Chosen: e.Key == chosen})
	}
	target := page.Field{Kind: page.FieldNumber, Name: "target", Label: l.T("need.target"), Value: q.Get("target"), Error: messages["target"]}
	if target.Value == "" {
		target.Value = l.Decimal(100*o.Assumed.Target, 0)
	}
	rho := page.Field{Kind: page.FieldText, Name: "rho", Label: l.T("need.own_rho"), Hint: l.T("need.own_rho_hint"), Value: q.Get("rho"), Error: messages["rho"], Optional: true}
	plan.Fields = append(plan.Fields, kinds, target, rho)
	for i, p := range o.Areas {
		plan.Areas = append(plan.Areas, needArea(r, i, p, messages))
	}
	return plan
}

func needArea(r *request, i int, p report.Prospect, messages map[string]string) page.NeedArea {
	a := page.NeedArea{Name: p.Label.Text}
	now := map[report.Access]float64{report.AccessCommunity: p.Kits.Community, report.AccessPharmacy: p.Kits.Pharmacy, report.AccessPrescriber: p.Kits.Prescriber}
	for _, access := range report.Accesses {
		name := needName(access, p)
		in := page.NeedInput{ID: needID(access, i), Name: name, Label: r.locale.T("need." + string(access)), Value: r.query().Get(name),
			Was: r.locale.T("need.was", "Kits", r.locale.Number(report.Whole(now[access]))), Error: messages[needID(access, i)]}
		if !r.query().Has(name) {
			in.Value = strconv.Itoa(report.Whole(now[access]))
		}
		a.Inputs = append(a.Inputs, in)
	}
	return a
}

// needName is a number's name in the address, needID that of its control.
func needName(a report.Access, p report.Prospect) string { return string(a) + "." + p.Label.Code }
func needID(a report.Access, i int) string               { return string(a) + "-" + strconv.Itoa(i) }

// unread names the numbers of the plan that cannot be read.
func unread(r *request, o report.Outlook) (wrong []fault.Field) {
	for i, p := range o.Areas {
		for _, access := range report.Accesses {
			text := r.query().Get(needName(access, p))
			if _, ok := kitsAsked(text); !ok && r.query().Has(needName(access, p)) {
				where := r.locale.T("need.cell", "Area", p.Label.Text, "Access", r.locale.T("need."+string(access)))
				wrong = append(wrong, fault.Field{Name: needID(access, i), Key: "need.bad_kits", Args: map[string]any{"Where": where}})
			}
		}
	}
	return wrong
}
