package form

// Contribution is the form for who may add a programme's figures to its own.
type Contribution struct {
	Publisher string `form:"publisher" label:"contribution.publisher" validate:"required,max=64"`
}

// ContributionNobody stands for taking the word back: an empty answer is none.
const ContributionNobody = "nobody"
