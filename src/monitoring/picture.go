package monitoring

import (
	"fmt"
	"html"
	"math"
	"strconv"
	"strings"
)

const (
	column  = 50
	row     = 32
	gap     = 4
	header  = 44
	seconds = 6 * 3600
	// The time of day at the left edge.
	startHour = 9
)

// The colour names of Grafana, with their values in the dark theme.
var colors = map[string]string{
	"green": "#56a64b", "red": "#e02f44", "dark-red": "#9d1a2b", "orange": "#ff780a", "yellow": "#e0b400", "blue": "#3274d9",
	"purple": "#a352cc", "text": "#6e7078", "super-light-blue": "#8ab8ff",
}

var palette = []string{"#73bf69", "#f2cc0c", "#5794f2", "#ff9830", "#b877d9", "#f2495c"}

// picture draws all panels into one SVG.
type picture struct{ strings.Builder }

func draw(title, note string, panels []panel, lines map[int][]line) string {
	height := 0
	for _, p := range panels {
		height = max(height, (p.GridPos.Y+p.GridPos.H)*row)
	}
	var out picture
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="Inter,Helvetica,Arial,sans-serif">`+"\n",
		24*column, height+header)
	fmt.Fprintf(&out, `<rect width="100%%" height="100%%" fill="#111217"/>`+"\n")
	out.text(12, 28, 18, "start", "#e8e9ee", title)
	out.text(24*column-12, 27, 12, "end", "#9a9ca5", note)
	for _, p := range panels {
		x, y := p.GridPos.X*column+gap, p.GridPos.Y*row+header
		w, h := p.GridPos.W*column-2*gap, p.GridPos.H*row-2*gap
		switch p.Type {
		case "stat":
			out.stat(p, x, y, w, h, lines[p.ID])
		case "state-timeline":
			out.frame(p, x, y, w, h, "#181b1f")
			out.states(p, x, y, w, h, lines[p.ID])
		default:
			out.frame(p, x, y, w, h, "#181b1f")
			out.graph(p, x, y, w, h, lines[p.ID])
		}
	}
	out.WriteString("</svg>\n")
	return out.String()
}

func (out *picture) text(x, y, size int, anchor, color, text string) {
	fmt.Fprintf(out, `<text x="%d" y="%d" font-size="%d" text-anchor="%s" fill="%s">%s</text>`+"\n",
		x, y, size, anchor, color, html.EscapeString(text))
}

func (out *picture) rect(x, y, w, h int, fill string) {
	fmt.Fprintf(out, `<rect x="%d" y="%d" width="%d" height="%d" rx="2" fill="%s"/>`+"\n", x, y, w, h, fill)
}

func (out *picture) frame(p panel, x, y, w, h int, fill string) {
	out.rect(x, y, w, h, fill)
	out.text(x+10, y+20, 13, "start", "#ccccdc", p.Title)
}

func (out *picture) stat(p panel, x, y, w, h int, lines []line) {
	text, color := p.FieldConfig.Defaults.NoValue, "text"
	if len(lines) > 0 {
		value := lines[0].points[len(lines[0].points)-1].y
		text, _ = p.mapped(strconv.FormatFloat(value, 'g', -1, 64))
		if text == "" {
			text = format(value, p.FieldConfig.Defaults.Unit)
		}
		color = p.threshold(value)
	}
	out.frame(p, x, y, w, h, colors[color])
	out.text(x+w/2, y+h/2+22, 30, "middle", "#ffffff", text)
}

// scale maps times and values to positions on the page.
type scale struct {
	left, top, width, height int
	highest                  float64
}

func (s scale) x(seconds_ float64) float64 {
	return float64(s.left) + seconds_/seconds*float64(s.width)
}

func (s scale) y(value float64) float64 {
	return float64(s.top+s.height) - value/s.highest*float64(s.height)
}

func (out *picture) hours(s scale) {
	for hour := 1; hour < seconds/3600; hour++ {
		out.text(int(s.x(float64(hour*3600))), s.top+s.height+14, 10, "middle", "#9a9ca5", fmt.Sprintf("%02d:00", startHour+hour))
	}
}

func (out *picture) states(p panel, x, y, w, h int, lines []line) {
	s := scale{left: x + 44, top: y + 32, width: w - 56, height: h - 56}
	out.hours(s)
	if len(lines) == 0 {
		return
	}
	band := s.height / len(lines)
	for i, l := range lines {
		top := s.top + i*band
		out.text(s.left-8, top+band/2+4, 12, "end", "#ccccdc", l.name)
		for from := 0; from < len(l.points); {
			to := from
			for to+1 < len(l.points) && l.points[to+1].y == l.points[from].y {
				to++
			}
			text, color := p.mapped(strconv.FormatFloat(l.points[from].y, 'g', -1, 64))
			left, right := int(s.x(l.points[from].x)), int(s.x(l.points[to].x+60))
			out.rect(left, top+2, max(right-left, 2), band-4, colors[color])
			if right-left > 60 {
				out.text(left+6, top+band/2+4, 11, "start", "#ffffff", text)
			}
			from = to + 1
		}
	}
}

func (out *picture) graph(p panel, x, y, w, h int, lines []line) {
	unit := p.FieldConfig.Defaults.Unit
	s := scale{left: x + 62, top: y + 34, width: w - 76, height: h - 84, highest: highest(lines)}
	for _, share := range []float64{0, 0.5, 1} {
		at := int(s.y(s.highest * share))
		fmt.Fprintf(out, `<path d="M%d %dH%d" stroke="#2c3036"/>`+"\n", s.left, at, s.left+s.width)
		out.text(s.left-6, at+4, 10, "end", "#9a9ca5", format(s.highest*share, unit))
	}
	out.hours(s)
	legend := x + 12
	for i, l := range lines {
		color := palette[i%len(palette)]
		fmt.Fprintf(out, `<path d="%s" fill="none" stroke="%s" stroke-width="1.5"/>`+"\n",
			path(s, l, p.FieldConfig.Defaults.Custom.LineInterpolation == "stepAfter"), color)
		if legend+17+7*len(l.name) > x+w {
			continue
		}
		out.rect(legend, y+h-18, 12, 3, color)
		out.text(legend+17, y+h-13, 11, "start", "#ccccdc", l.name)
		legend += 30 + 7*len(l.name)
	}
}

func path(s scale, l line, steps bool) string {
	var d strings.Builder
	for i, at := range l.points {
		command := "L"
		if i == 0 || at.x-l.points[i-1].x > 90 {
			command = "M"
		} else if at.y == l.points[i-1].y && i+1 < len(l.points) && l.points[i+1].y == at.y && l.points[i+1].x-at.x < 90 {
			continue
		} else if steps {
			fmt.Fprintf(&d, "H%.1f", s.x(at.x))
		}
		fmt.Fprintf(&d, "%s%.1f %.1f", command, s.x(at.x), s.y(at.y))
	}
	return d.String()
}

func highest(lines []line) float64 {
	top := 0.0
	for _, l := range lines {
		for _, at := range l.points {
			top = max(top, at.y)
		}
	}
	if top == 0 {
		return 1
	}
	magnitude := math.Pow(10, math.Floor(math.Log10(top)))
	return math.Ceil(top/magnitude*2) / 2 * magnitude
}

func format(value float64, unit string) string {
	switch unit {
	case "s":
		switch {
		case value >= 3600:
			return fmt.Sprintf("%.1f h", value/3600)
		case value >= 60:
			return fmt.Sprintf("%.1f min", value/60)
		}
		return short(value) + " s"
	case "bytes", "Bps":
		suffix := map[string]string{"bytes": "B", "Bps": "B/s"}[unit]
		for _, prefix := range []string{"", "K", "M", "G"} {
			if value < 1000 || prefix == "G" {
				return short(value) + " " + prefix + suffix
			}
			value /= 1000
		}
	case "ops":
		return short(value) + "/s"
	}
	return short(value)
}

func short(value float64) string {
	return strconv.FormatFloat(value, 'g', 3, 64)
}
