package dev.auditpolicy.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Pastes each setting that the fix of a finding about log or webhook names: the finding is gone. */
final class PastedBackendFixTest {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern FINDING = Pattern.compile("\\w+ (log|webhook)\\.([\\w.]+): .* \\(([^(]*)\\)");

    /** {@code set mode: blocking}, {@code set maxAgeDays to 30}, {@code set maxSizeMB, for example to 100}, {@code remove bufferSize}. */
    private static final Pattern SETTING = Pattern.compile(
            "set (?!log\\.)([a-z]\\w*(?:\\.\\w+)?)(?:: | to |, for example to )(\\w+(?:\\.\\d+)?)|remove (\\w+):");

    /** Not empty: the patterns must match the texts of the fixes. */
    @TestFactory
    List<DynamicTest> endsTheFinding() {
        var tests = LinterGoldenTest.codes()
                .flatMap(code -> LinterGoldenTest.cases(code).stream()
                        .flatMap(one -> one.finds().stream().flatMap(found -> tests(code, one, found))))
                .toList();
        assertThat(tests).isNotEmpty();
        return tests;
    }

    private static Stream<DynamicTest> tests(FindingCode code, LintCase one, String found) {
        var finding = FINDING.matcher(found);
        return finding.matches()
                ? SETTING.matcher(finding.group(3))
                        .results()
                        .map(setting -> DynamicTest.dynamicTest(
                                code.slug() + ", " + one.name() + ": " + setting.group(), () -> {
                                    var pasted = paste(one, finding.group(1), finding.group(2), setting);
                                    assertThat(pasted.findings(code))
                                            .noneMatch(left ->
                                                    left.contains(finding.group(1) + "." + finding.group(2) + ": "));
                                }))
                : Stream.empty();
    }

    private static LintCase paste(LintCase one, String backend, String field, MatchResult setting)
            throws JsonProcessingException {
        ObjectNode log = copy(one.log());
        ObjectNode webhook = copy(one.webhook());
        ObjectNode changed = backend.equals("log") ? log : webhook;
        ObjectNode parent =
                field.contains(".") ? (ObjectNode) changed.get(field.substring(0, field.lastIndexOf('.'))) : changed;
        if (setting.group(3) != null) {
            parent.remove(setting.group(3));
        } else if (setting.group(1).contains(".")) {
            List<String> path = List.of(setting.group(1).split("\\."));
            changed.withObject("/" + path.getFirst()).set(path.getLast(), YAML.readTree(setting.group(2)));
        } else {
            parent.set(setting.group(1), YAML.readTree(setting.group(2)));
        }
        return new LintCase(
                one.name(),
                one.kubernetes(),
                one.discovery(),
                one.namespaces(),
                one.profiles(),
                one.policy(),
                log,
                webhook,
                one.drainSeconds(),
                List.of());
    }

    private static ObjectNode copy(JsonNode backend) {
        return backend == null ? null : backend.deepCopy();
    }
}
