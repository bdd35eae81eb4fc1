package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.cli.preset.Preset;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class InitCommandTest extends CommandTestCase {

    /** A rule, a field of the log, or a setting of the policy beside its rules. */
    private static final Pattern SETTING = Pattern.compile("    (- level|[a-z]\\w+): .*");

    private static final Pattern RULES = Pattern.compile("    rules:");

    @ParameterizedTest
    @EnumSource
    void printsAnAuditPolicyThatTheApiServerAdmits(Preset preset) {
        assertThat(runWithInput(preset(preset), "validate", "--strict", "-")).isEqualTo(new CommandResult(0, "", ""));
    }

    /** Not by the tree of the commands: as any client of the API would read it. */
    @ParameterizedTest
    @EnumSource
    void printsWhatTheFileSays(Preset preset) {
        AuditPolicy policy = Serialization.unmarshal(preset(preset), AuditPolicy.class);

        assertThat(policy.getMetadata().getName()).isEqualTo("cluster");
        assertThat(policy.getSpec().log().path()).isEqualTo("/var/log/kubernetes/audit/audit.log");
        assertThat(policy.getSpec().policy().path("rules"))
                .hasSameSizeAs(preset(preset)
                        .lines()
                        .filter(line -> line.startsWith("    - level:"))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(names = {"CIS", "STIG", "NSA", "PCI"})
    void passesTheProfileOfItsNorm(Preset preset) {
        assertThat(runWithInput(preset(preset), "lint", "--profile", name(preset), "--only-profile", "--strict", "-"))
                .isEqualTo(new CommandResult(0, "", ""));
    }

    @ParameterizedTest
    @EnumSource(names = {"MINIMAL", "RECOMMENDED", "CIS", "PCI"})
    void passesLint(Preset preset) {
        assertThat(runWithInput(preset(preset), "lint", "-").exitCode()).isZero();
    }

    @Test
    void recommendsWhatAlsoPassesCis() {
        assertThat(runWithInput(
                        preset(Preset.RECOMMENDED), "lint", "--profile", "cis", "--only-profile", "--strict", "-"))
                .isEqualTo(new CommandResult(0, "", ""));
    }

    /** Its check text demands what every other check reports. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STIG")
    void writesNoCredentialsToTheLog(Preset preset) {
        assertThat(runWithInput(preset(preset), "lint", "-").out()).doesNotContain("AP20", "error:");
    }

    @ParameterizedTest
    @EnumSource
    void saysWhyOfEachRuleAndSetting(Preset preset) {
        List<String> lines = preset(preset).lines().toList();

        for (int i = 0; i < lines.size(); i++) {
            if (SETTING.matcher(lines.get(i)).matches()
                    && !RULES.matcher(lines.get(i)).matches()) {
                assertThat(lines.get(i) + lines.get(i - 1).replaceFirst("^[^#]*[^# ].*#.*", ""))
                        .as("line %d", i + 1)
                        .contains("# ");
            }
        }
    }

    @Test
    void namesThePresets() {
        assertThat(run("init", "--preset", "bsi").expectExitCode(2).err())
                .contains("minimal, recommended, cis, stig, nsa, pci");
        assertThat(run("init").expectExitCode(2).err()).contains("--preset");
    }

    private String preset(Preset preset) {
        return run("init", "--preset", name(preset)).expectExitCode(0).out();
    }

    private static String name(Preset preset) {
        return preset.name().toLowerCase(Locale.ROOT);
    }
}
