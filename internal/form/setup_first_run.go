package form

// FirstRun is the form of an empty installation.
type FirstRun struct {
	Code      string `form:"code" label:"first_run.code" validate:"required"`
	Programme string `form:"programme" label:"first_run.programme" validate:"required,max=120"`
	Country   string `form:"country" label:"first_run.country" validate:"required"`
	Zone      string `form:"zone" label:"first_run.zone" validate:"required"`
	Fiscal    string `form:"fiscal" label:"first_run.fiscal" validate:"required,yearmonth"`
	Handle    string `form:"handle" label:"first_run.handle" validate:"required"`
	Password  string `form:"password" label:"first_run.password" validate:"required"`
}

// FiscalMonth is the month of the year, 1 to 12; 0 when it is not a month.
func (f FirstRun) FiscalMonth() int {
	m, err := month(f.Fiscal)
	if err != nil {
		return 0
	}
	return int(m)
}
