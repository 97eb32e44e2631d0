package form

// Stands is the choice of what counts where single records lie in a total.
type Stands struct {
	Stands string `form:"stands" label:"overlap.stands" validate:"required,oneof=total records"`
}
