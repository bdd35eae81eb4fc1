package monitoring

import (
	"context"
	"encoding/json"
	"flag"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/promqltest"
	"github.com/prometheus/prometheus/storage"
)

const (
	model   = "../../deploy/monitoring/dashboard.json"
	drawing = "../../docs/dashboard.svg"
	note    = "drawn from example data by src/monitoring; the Prometheus engine computes all values from the queries of the panels"
)

var update = flag.Bool("update", false, "regenerate the picture")

var placeholder = regexp.MustCompile(`{{\s*(\w+)\s*}}`)

// Checks that Prometheus accepts every query of the dashboard, that every panel shows example data, and that the picture in docs/
// is up to date.
func TestDashboard(t *testing.T) {
	text, err := os.ReadFile(model)
	if err != nil {
		t.Fatal(err)
	}
	var board dashboard
	if err := json.Unmarshal(text, &board); err != nil {
		t.Fatal(err)
	}
	example, err := os.ReadFile("example.promql")
	if err != nil {
		t.Fatal(err)
	}
	series := promqltest.LoadedStorage(t, string(example))
	engine := promqltest.NewTestEngine(t, false, 5*time.Minute, 1_000_000)
	lines := map[int][]line{}
	for _, p := range board.Panels {
		for _, query := range p.Targets {
			lines[p.ID] = append(lines[p.ID], evaluate(t, engine, series, query)...)
		}
		if len(lines[p.ID]) == 0 && p.FieldConfig.Defaults.NoValue == "" {
			t.Errorf("panel %q shows no example data", p.Title)
		}
	}
	compare(t, draw(board.Title, note, board.Panels, lines))
}

func compare(t *testing.T, drawn string) {
	if *update {
		if err := os.WriteFile(drawing, []byte(drawn), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	known, err := os.ReadFile(drawing)
	if err != nil || string(known) != drawn {
		t.Errorf("%s does not match the dashboard (%v): run \"make dashboard\" and commit the result", drawing, err)
	}
}

func evaluate(t *testing.T, engine *promql.Engine, series storage.Queryable, query target) []line {
	expr := strings.ReplaceAll(query.Expr, "$__rate_interval", "5m")
	start := time.Unix(0, 0)
	// Each sample covers one step, so the last one is a step before the end of the picture.
	asked, err := engine.NewRangeQuery(context.Background(), series, nil, expr, start, start.Add((seconds-60)*time.Second), time.Minute)
	if err != nil {
		t.Fatalf("%s: %v", expr, err)
	}
	defer asked.Close()
	matrix, err := asked.Exec(context.Background()).Matrix()
	if err != nil {
		t.Fatalf("%s: %v", expr, err)
	}
	var lines []line
	for _, found := range matrix {
		l := line{name: legend(query.LegendFormat, found.Metric)}
		for _, sample := range found.Floats {
			if !math.IsNaN(sample.F) {
				l.points = append(l.points, point{float64(sample.T) / 1000, sample.F})
			}
		}
		lines = append(lines, l)
	}
	return lines
}

func legend(pattern string, metric labels.Labels) string {
	return placeholder.ReplaceAllStringFunc(pattern, func(found string) string {
		return metric.Get(placeholder.FindStringSubmatch(found)[1])
	})
}
