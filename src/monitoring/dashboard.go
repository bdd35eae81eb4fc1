// Package monitoring checks the dashboard in deploy/monitoring with the Prometheus engine and draws it.
package monitoring

// dashboard is the part of the Grafana dashboard model that the picture needs.
type dashboard struct {
	Title  string  `json:"title"`
	Panels []panel `json:"panels"`
}

type panel struct {
	ID          int         `json:"id"`
	Type        string      `json:"type"`
	Title       string      `json:"title"`
	GridPos     gridPos     `json:"gridPos"`
	Targets     []target    `json:"targets"`
	FieldConfig fieldConfig `json:"fieldConfig"`
}

type gridPos struct{ X, Y, W, H int }

type target struct {
	Expr         string `json:"expr"`
	LegendFormat string `json:"legendFormat"`
}

type fieldConfig struct {
	Defaults struct {
		Unit     string `json:"unit"`
		NoValue  string `json:"noValue"`
		Mappings []struct {
			Options map[string]struct{ Text, Color string } `json:"options"`
		} `json:"mappings"`
		Thresholds struct {
			Steps []struct {
				Color string   `json:"color"`
				Value *float64 `json:"value"`
			} `json:"steps"`
		} `json:"thresholds"`
		Custom struct {
			LineInterpolation string `json:"lineInterpolation"`
		} `json:"custom"`
	} `json:"defaults"`
}

// line is one series over time. A gap in the series is a jump in x.
type line struct {
	name   string
	points []point
}

// point has the seconds since the start of the picture, and a value.
type point struct{ x, y float64 }

// mapped returns the text and the colour of the value mapping, if the panel has one for the value.
func (p panel) mapped(value string) (text, color string) {
	for _, mapping := range p.FieldConfig.Defaults.Mappings {
		if option, found := mapping.Options[value]; found {
			return option.Text, option.Color
		}
	}
	return "", ""
}

// threshold returns the colour of the last step that the value reaches.
func (p panel) threshold(value float64) string {
	color := "text"
	for _, step := range p.FieldConfig.Defaults.Thresholds.Steps {
		if step.Value == nil || value >= *step.Value {
			color = step.Color
		}
	}
	return color
}
