// Command mutate changes policies at random. For each text, it prints one JSON object per line with the text and the result of the
// policy loader of kube-apiserver: an error or the parsed rules. Texts are in base64, because some are not valid UTF-8.
//
//	mutate -seed 1 -count 10000 FILE...
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"io"
	"log"
	"math/rand"
	"os"

	auditinternal "k8s.io/apiserver/pkg/apis/audit"
	"k8s.io/apiserver/pkg/audit/policy"
	"k8s.io/klog/v2"
)

// Strings with a meaning for a YAML scanner or for the scalar resolver of go-yaml.
var fragments = []string{
	"\t", "\t\t", "\t\n", "\n\t", ":\t", "-\t", ",\t", "[\t", "{\t", "\t]", "\t}", "\t#x", "|\t\n",
	" ", "  ", "\n", "\r\n", "\r", ":", ": ", ":]", ":[", ":,", "{a:", "-", "- ", "?", "? ", "?]",
	"#", " #", "[", "]", "{", "}", ",", "'", "\"", "|", ">", ">-\n", "|2\n", "&a ", "*a", "!", "!x ",
	"!!str ", "!!int ", "!!float ", "!!binary ", "!<tag:yaml.org,2002:str> ", "%", "@", "`", "---\n", "...\n",
	"~", "null", "y", "no", "010", "1e3", "0x1", "=", "<<: ", "\\", "\\x41",
	"\ufeff", "\u0085", "\u2028", "\u00a0", "\x00", "\x07",
}

type verdict struct {
	Text  []byte                     `json:"text"`
	Error string                     `json:"error,omitempty"`
	Rules []auditinternal.PolicyRule `json:"rules,omitempty"`
}

func mutated(random *rand.Rand, text []byte) []byte {
	for range 1 + random.Intn(2) {
		at := random.Intn(len(text) + 1)
		fragment := fragments[random.Intn(len(fragments))]
		replaced := 0
		switch random.Intn(4) {
		case 0:
			replaced = min(1, len(text)-at)
		case 1:
			for at < len(text) && text[at] != ' ' {
				at++
			}
			fragment, replaced = "\t", min(1, len(text)-at)
		}
		text = append(append(append([]byte{}, text[:at]...), fragment...), text[at+replaced:]...)
	}
	return text
}

func main() {
	klog.LogToStderr(false)
	klog.SetOutput(io.Discard)
	seed := flag.Int64("seed", 1, "seed of the mutations")
	count := flag.Int("count", 10_000, "number of texts")
	flag.Parse()
	var texts [][]byte
	for _, file := range flag.Args() {
		text, err := os.ReadFile(file)
		if err != nil {
			log.Fatal(err)
		}
		texts = append(texts, text)
	}
	random := rand.New(rand.NewSource(*seed))
	out := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	for range *count {
		text := mutated(random, texts[random.Intn(len(texts))])
		result := verdict{Text: text}
		if loaded, err := policy.LoadPolicyFromBytes(text); err != nil {
			result.Error = err.Error()
		} else {
			result.Rules = loaded.Rules
		}
		if err := encoder.Encode(result); err != nil {
			log.Fatal(err)
		}
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}
