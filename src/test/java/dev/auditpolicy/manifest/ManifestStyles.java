package dev.auditpolicy.manifest;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Other ways to write a manifest of kubeadm that mean the same. */
final class ManifestStyles {

    private static final Pattern COMMAND = Pattern.compile("command:\n((?:    [-#] .*\n|\n)+)(?=    [a-z])");
    private static final Pattern MOUNTS = Pattern.compile(
            "volumeMounts:\n((?:    - mountPath: .*\n      name: .*\n(?:      readOnly: .*\n)?)+)(?=  [a-z-])");
    private static final Pattern VOLUMES = Pattern.compile(
            "volumes:\n((?:  - hostPath:\n      path: .*\n      type: .*\n    name: .*\n)+)(?=[a-z]|$)");
    private static final Pattern PROBE =
            Pattern.compile("(livenessProbe:)(\n(?:      .*\n)+)([\\s\\S]*startupProbe:)\n(?:      .*\n)+");

    private ManifestStyles() {}

    static String rewritten(String manifest, Random random) {
        var text = manifest;
        if (random.nextBoolean()) {
            text = flow(COMMAND, "command", text, random, item -> quoted(argument(item), random));
        } else if (random.nextBoolean()) {
            text = text.replace("    - --secure-port=6443\n", "    - >-\n      --secure-port=6443\n\n");
        }
        if (random.nextBoolean()) {
            text = flow(MOUNTS, "volumeMounts", text, random, item -> map(item));
        }
        if (random.nextBoolean()) {
            text = flow(
                    VOLUMES,
                    "volumes",
                    text,
                    random,
                    item -> "{hostPath: {" + fields(item, "path", "type") + "}, " + fields(item, "name") + "}");
        }
        if (random.nextBoolean()) {
            text = PROBE.matcher(text).replaceFirst("$1 &probe$2$3 *probe\n");
        }
        if (random.nextBoolean()) {
            var map = random.nextBoolean() ? "{}" : "{ a/b: c, \"d\": 'e' }";
            text = text.replaceFirst("annotations:\n.*\n", "annotations: " + map + "\n");
        }
        var end = List.of("", "---\n", "---\n# nothing\n", "...\n").get(random.nextInt(4));
        return text.endsWith("\n") ? text + end : text;
    }

    private interface Item {
        String flow(String block);
    }

    private static String flow(Pattern pattern, String key, String text, Random random, Item item) {
        var comma = List.of(", ", ",", ",\n      ", " , # somebody\n      ").get(random.nextInt(4));
        var end = List.of("]", " ]", ",]", "\n      ]").get(random.nextInt(4));
        return pattern.matcher(text)
                .replaceFirst(list -> Matcher.quoteReplacement(Pattern.compile("(?m)^ +- .*\\n(?:(?! *- ).*\\n)*")
                                .matcher(list.group(1))
                                .results()
                                .map(MatchResult::group)
                                .map(item::flow)
                                .collect(joining(comma, key + ": [", end))
                        + "\n"));
    }

    private static String map(String item) {
        return "{" + fields(item, "mountPath", "name", "readOnly") + "}";
    }

    private static String fields(String item, String... names) {
        return Pattern.compile("(" + String.join("|", names) + "): (.*)")
                .matcher(item)
                .results()
                .map(MatchResult::group)
                .collect(joining(", "));
    }

    /** Without quotes and comments. */
    private static String argument(String item) {
        return item.strip()
                .lines()
                .findFirst()
                .orElseThrow()
                .substring(2)
                .replaceFirst("  # .*", "")
                .replaceAll("[\"']", "");
    }

    private static String quoted(String argument, Random random) {
        return argument.contains(",") || argument.contains("#") || random.nextBoolean()
                ? '"' + argument + '"'
                : "'" + argument + "'";
    }
}
