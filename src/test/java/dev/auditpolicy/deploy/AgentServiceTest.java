package dev.auditpolicy.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.host.file.StateDirectory;
import dev.auditpolicy.unit.syntax.Systemd;
import dev.auditpolicy.unit.syntax.UnitText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent as a service of a host: it has the limits that it promises, and the settings of the agent in a pod. */
class AgentServiceTest {

    private static final Path DIRECTORY = Path.of("src", "dist", "agent");
    private static final Path UNIT = DIRECTORY.resolve("auditpolicy-agent.service");

    /** systemd-analyze reports tenths: 2.8 of 10. */
    private static final String MOST_EXPOSURE = "28";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "NoNewPrivileges, yes",
        "ProtectSystem, strict",
        "ProtectHome, read-only",
        "PrivateTmp, yes",
        "PrivateDevices, yes",
        "ProtectKernelModules, yes",
        "ProtectKernelTunables, yes",
        "ProtectKernelLogs, yes",
        "ProtectControlGroups, yes",
        "ProtectClock, yes",
        "LockPersonality, yes",
        "RestrictNamespaces, yes",
        "RestrictRealtime, yes",
        "RestrictSUIDSGID, yes",
        "SystemCallArchitectures, native",
        "RestrictAddressFamilies, AF_UNIX AF_INET AF_INET6 AF_NETLINK",
        "CapabilityBoundingSet, CAP_CHOWN CAP_DAC_OVERRIDE CAP_FOWNER CAP_KILL CAP_SYS_PTRACE",
        "ReadWritePaths, /etc/kubernetes /etc/systemd/system /etc/auditpolicy",
        "Restart, always",
        "OOMPolicy, continue",
    })
    void hasTheDirective(String key, String value) throws IOException {
        assertThat(unit().values("Service", key)).containsExactly(value);
    }

    @Test
    void startsBeforeKubeApiserverAndNotWithoutAnIdentity() throws IOException {
        assertThat(unit().values("Unit", "Before")).containsExactly("kube-apiserver.service");
        assertThat(unit().values("Unit", "ConditionPathExists")).containsExactly("/etc/auditpolicy/agent.kubeconfig");
    }

    @Test
    void keepsItsStateWhereTheAgentKeepsIt() throws IOException {
        assertThat("/var/lib/" + unit().values("Service", "StateDirectory").getFirst())
                .isEqualTo(StateDirectory.PATH);
        assertThat(unit().values("Service", "StateDirectoryMode")).containsExactly("0700");
    }

    @Test
    void hasTheMemoryOfTheAgentInAPod() throws IOException {
        assertThat(unit().values("Service", "MemoryMax").getFirst() + "i")
                .isEqualTo(container().at("/resources/limits/memory").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK_JAVA_OPTIONS", "MALLOC_ARENA_MAX"})
    void hasTheSettingOfTheAgentInAPod(String name) throws IOException, InterruptedException {
        assertThat(run(DIRECTORY.resolve("setting").toString(), name)).isEqualTo(environment(name) + "\n");
    }

    @Test
    @EnabledIf("dev.auditpolicy.unit.syntax.Systemd#isInstalled")
    void systemdUnderstandsEveryLine() throws IOException, InterruptedException {
        // The program is not installed here.
        var text = Files.readString(UNIT).replace("/usr/bin/auditpolicy ", "/bin/true ");
        var file = Files.writeString(directory.resolve("auditpolicy-agent.service"), text);

        assertThat(run("systemd-analyze", "verify", "--man=no", file.toString()))
                .isEmpty();
    }

    @Test
    @EnabledIf("dev.auditpolicy.unit.syntax.Systemd#isInstalled")
    void isExposedNoMoreThanKnown() throws IOException, InterruptedException {
        assertThat(run(
                        "systemd-analyze",
                        "security",
                        "--offline=true",
                        "--threshold=" + MOST_EXPOSURE,
                        UNIT.toString()))
                .contains("Overall exposure level");
    }

    /** The words of the command as systemd reads them: HOST and OPTIONS are not expanded by a shell. */
    @Test
    @EnabledIf("dev.auditpolicy.unit.syntax.Systemd#isInstalled")
    void passesTheNameOfTheHost() throws IOException {
        var loaded = new Systemd(directory).load(Map.of("agent.service", Files.readString(UNIT)));

        assertThat(loaded.get("agent.service").commands())
                .containsExactly(List.of(
                        "/usr/bin/auditpolicy",
                        "agent",
                        "--kubeconfig=/etc/auditpolicy/agent.kubeconfig",
                        "--host=${HOST}",
                        "$OPTIONS"));
    }

    private static UnitText unit() throws IOException {
        return UnitText.parse(Files.readString(UNIT));
    }

    private static JsonNode container() throws IOException {
        var daemonSet = new YAMLMapper()
                .readTree(Path.of("deploy", "base", "agent.yaml").toFile());
        return daemonSet.at("/spec/template/spec/containers/0");
    }

    private static String environment(String name) throws IOException {
        for (var variable : container().get("env")) {
            if (variable.get("name").asText().equals(name)) {
                return variable.get("value").asText();
            }
        }
        throw new AssertionError("the agent has no variable " + name);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(Arrays.toString(command) + output).isZero();
        return output;
    }
}
