package page

// StockAlerts is the list of what to do about stock, what to do first on top.
type StockAlerts struct {
	Base
	Sentence string // how many things there are, or that all is well
	Filters  Form
	Kinds    []AlertGroup
	AsAt     string
}

// AlertGroup is the alerts of one kind, or the posts of one.
type AlertGroup struct {
	Key   string // of the kind
	Title string
	Items []AlertItem
	Empty string // what to say when there are none
}

// AlertItem is one thing to know, and what to do about it.
type AlertItem struct {
	What  string // the product and its lot
	Where string // the site or programme
	Say   []string
	Act   Option // Value is the address
}

// Template names the file.
func (*StockAlerts) Template() string { return "stock_alerts" }

// Aid is the mutual-aid board.
type Aid struct {
	Base
	Intro []string
	Add   []Option
	Kinds []AlertGroup
}

// Template names the file.
func (*Aid) Template() string { return "aid" }
