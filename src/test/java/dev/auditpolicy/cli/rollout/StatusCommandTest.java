package dev.auditpolicy.cli.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The answers of the cluster are files, which a kubectl of this test prints one after the other. */
class StatusCommandTest {

    private static final String READY = policy(3, 3, "True", "False", "Proven", "every kube-apiserver runs it");
    private static final String ROLLING = policy(3, 1, "False", "False", "RollingOut", "node cp2 is granted its turn");
    private static final String STALLED =
            policy(3, 1, "False", "True", "RolledBack", "node cp2: kube-apiserver ended: unknown flag");
    private static final String ROLLED_BACK =
            node("cp2", "RolledBack", "0000000000000000", "kube-apiserver ended: unknown flag");

    @TempDir
    private Path directory;

    private int answers;
    private String out = "";
    private String err = "";

    @BeforeEach
    void writeKubectl() throws IOException {
        var script = Files.writeString(directory.resolve("kubectl"), """
                #!/bin/sh
                cd "$(dirname "$0")"
                echo "$*" > arguments
                # The last answer is repeated.
                answer=$(ls answer.* | sort | head -n 1)
                cat "$answer" > now
                [ "$(ls answer.* | wc -l)" = 1 ] || rm "$answer"
                case "$answer" in
                *.error) cat now >&2; exit 1 ;;
                *) cat now ;;
                esac
                """);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void endsWith0IfEveryKubeApiServerIsProven() throws IOException {
        answer(READY, node("cp1", "Effective", "753e6d99c41d0d7c", ""));

        assertThat(run()).isZero();
        assertThat(out).contains("Ready: 3 of 3 nodes proven", "cp1   Effective   753e6d99");
    }

    /** Ready does not depend on the webhook. */
    @Test
    void saysWhyTheWebhookGetsNoEvents() throws IOException {
        answer(READY.replace(
                "\"conditions\":[",
                "\"conditions\":[{\"type\":\"SinkHealthy\",\"status\":\"False\",\"message\":\"cp1: status 500\"},"));

        assertThat(run()).isZero();
        assertThat(out).contains("Webhook: cp1: status 500");
    }

    @Test
    void endsWith1AndSaysWhatToDoIfStalled() throws IOException {
        answer(STALLED, ROLLED_BACK);

        assertThat(run()).isEqualTo(1);
        assertThat(out)
                .contains("Stalled: 1 of 3 nodes proven; RolledBack: node cp2: kube-apiserver ended: unknown flag")
                .contains("Correct the cause; a change of the AuditPolicy is tried again");
    }

    @Test
    void showsWhatARolloutThatWaitsWillChange() throws IOException {
        var waiting = policy(3, 0, "False", "False", "AwaitingApproval", "revision 753e waits for approval");
        answer(waiting.replace("\"turn\":{}", """
                "plan":{"changedKinds":4,"changes":["None becomes Metadata","b","c","d"],"nodes":[{"name":"cp1",
                "restart":{"strategy":"InPlace","reason":""},"restartSeconds":14,
                "log":{"bytesPerSecond":1204,"minBytesPerSecond":9120,"maxBytesPerSecond":11870,"retentionHours":24}},
                {"name":"cp2"}]}"""));

        assertThat(run()).isEqualTo(2);
        assertThat(out).contains("""
                The plan:
                  cp1: restart InPlace, about 14 s; its log grows at 9.1 to 11.9 kB/s instead of 1.2, kept for 24 h
                  cp2: no restart
                  4 kinds of requests will be recorded differently:
                    None becomes Metadata
                    b
                    c
                    … (kubectl get auditpolicy cluster -o jsonpath='{.status.plan.changes}')
                """);
    }

    /** Two turns of 10 + 9 to 10 + 18 s, and 30 s between them. */
    @Test
    void endsWith2AndAnEstimateWhileItRollsOut() throws IOException {
        answer(ROLLING.replace(
                "\"turn\":{}", "\"turn\":{\"issuedAt\":\"" + Instant.now().plusSeconds(5) + "\"}"));

        assertThat(run()).isEqualTo(2);
        assertThat(out).contains("In progress: 1 of 3 nodes proven, about 68 to 86 s left; RollingOut: node cp2");
    }

    @Test
    void isNotReadyByTheStatusOfAnOlderGeneration() throws IOException {
        answer(READY.replace("\"generation\":4", "\"generation\":5"));

        assertThat(run()).isEqualTo(2);
        assertThat(out).contains("Waiting for the controller to look at generation 5");
    }

    @Test
    void saysThatThereIsNoAuditPolicy() throws IOException {
        answer(node("cp1", "Observed", "", "nothing is desired"));

        assertThat(run()).isEqualTo(2);
        assertThat(out).contains("There is no AuditPolicy", "cp1   Observed");
    }

    @Test
    void endsWith3AndTheWordsOfKubectl() throws IOException {
        fail("error: context \"x\" does not exist");

        assertThat(run()).isEqualTo(3);
        assertThat(err).contains("context \"x\" does not exist");
    }

    @Test
    void passesTheOptionsThatChooseAClusterToKubectl() throws IOException {
        answer(READY);

        run("--context=staging", "--kubeconfig", "admin.conf", "-n", "default");

        assertThat(Files.readString(directory.resolve("arguments")))
                .startsWith("--kubeconfig=admin.conf --context=staging --namespace=default get ");
    }

    @Test
    void watchesUntilItIsReadyAndPrintsEachChangeOnce() throws IOException {
        answer(ROLLING);
        answer(ROLLING);
        answer(READY);

        assertThat(run("--watch")).isZero();
        assertThat(out.lines())
                .containsExactly(
                        "In progress: 1 of 3 nodes proven; RollingOut: node cp2 is granted its turn",
                        "Ready: 3 of 3 nodes proven");
    }

    @Test
    void watchesWhileTheApiServerDoesNotAnswer() throws IOException {
        answer(ROLLING);
        fail("The connection to the server 10.0.0.1:6443 was refused");
        answer(READY);

        assertThat(run("--watch")).isZero();
        assertThat(out).contains("10.0.0.1:6443 was refused (asking again)", "Ready: 3 of 3");
    }

    @Test
    void endsWith2AtTheTimeout() throws IOException {
        answer(ROLLING);

        assertThat(run("--watch", "--timeout=0s")).isEqualTo(2);
        assertThat(err).contains("not ready after 0 s");
    }

    @Test
    void namesADurationThatIsNone() {
        assertThat(run("--timeout=soon")).isEqualTo(3);
        assertThat(err).contains("--timeout", "'soon' is not a duration such as 90s, 10m or 1h30m");
    }

    private int run(String... options) {
        var printed = new StringWriter();
        var errors = new StringWriter();
        var arguments = Stream.concat(Stream.of(options), Stream.of("--kubectl=" + directory.resolve("kubectl")));
        var code = new CommandLine(new StatusCommand(InstantSource.system()))
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(errors))
                .execute(arguments.toArray(String[]::new));
        out = printed.toString();
        err = errors.toString();
        return code;
    }

    private void answer(String... objects) throws IOException {
        write("json", "{\"kind\":\"List\",\"items\":[" + String.join(",", List.of(objects)) + "]}");
    }

    private void fail(String message) throws IOException {
        write("error", message);
    }

    private void write(String extension, String content) throws IOException {
        answers++;
        Files.writeString(directory.resolve("answer." + answers + "." + extension), content);
    }

    private static String policy(
            int total, int effective, String ready, String stalled, String reason, String message) {
        return """
                {"kind":"AuditPolicy","metadata":{"name":"cluster","generation":4},
                 "spec":{"rollout":{"drainSeconds":10,"minReadySeconds":30}},
                 "status":{"observedGeneration":4,"revision":"753e6d99c41d0d7c","turn":{},
                  "nodes":{"total":%d,"effective":%d},
                  "conditions":[
                   {"type":"Ready","status":"%s","observedGeneration":4,"reason":"%s","message":"%s"},
                   {"type":"Stalled","status":"%s","observedGeneration":4,"reason":"%s","message":""}]}}
                """.formatted(total, effective, ready, reason, message, stalled, reason);
    }

    private static String node(String name, String phase, String running, String message) {
        return """
                {"kind":"AuditNode","metadata":{"name":"%s"},
                 "status":{"phase":"%s","running":{"revision":"%s"},"message":"%s"}}
                """.formatted(name, phase, running, message);
    }
}
