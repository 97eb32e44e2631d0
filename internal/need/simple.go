package need

// BritishColumbia is the simple model beside it, of people with an opioid use
// disorder: one setting, and naloxone either works or does not. Each is 0 to 1.
type BritishColumbia struct {
	Fatal, Witnessed, Used, Success Estimate
}

// BritishColumbiaModel has the published values: fatality 0.102, witnessed 0.85,
// naloxone used if witnessed 0.37, success 0.85.
func BritishColumbiaModel() BritishColumbia {
	return BritishColumbia{Fatal: Estimate{0.102, 0.051, 0.154}, Witnessed: Estimate{0.85, 0.32, 0.94}, Used: Estimate{0.37, 0.18, 0.55}, Success: Estimate{0.85, 0.73, 0.97}}
}

// Fatality is the deaths for each overdose: f·(1 − w·u·v). More of each of w, u
// and v means fewer deaths, so the low end has the high of each.
func (b BritishColumbia) Fatality() (Estimate, error) {
	err := firstOf(b.Fatal.check("fatal", RuleFraction), b.Witnessed.check("witnessed", RuleFraction), b.Used.check("used", RuleFraction), b.Success.check("success", RuleFraction))
	if err != nil {
		return Estimate{}, err
	}
	at := func(f, w, u, v float64) float64 { return f * (1 - w*u*v) }
	return Estimate{
		Value: at(b.Fatal.Value, b.Witnessed.Value, b.Used.Value, b.Success.Value),
		Low:   at(b.Fatal.Low, b.Witnessed.High, b.Used.High, b.Success.High),
		High:  at(b.Fatal.High, b.Witnessed.Low, b.Used.Low, b.Success.Low),
	}, nil
}
