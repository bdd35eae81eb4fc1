package dev.auditpolicy.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Units that are refused for what systemd reports of them, whatever their command is. */
final class UnitCheckTest {

    private static final UnitReport USUAL =
            TestUnit.running("/usr/bin/kube-apiserver --v=2").report();

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(
                        loadState("not-found"),
                        "kube-apiserver.service LoadState=not-found: systemd has no such unit: name the unit that runs"
                                + " kube-apiserver"),
                arguments(
                        loadState("masked"),
                        "kube-apiserver.service LoadState=masked: systemd would not start it again: run systemctl unmask"),
                arguments(
                        id("kube-apiserver@1.service"),
                        "kube-apiserver@1.service: is an instance of a template, of which a host can run several: run"
                                + " kube-apiserver from a unit without '@' in its name"),
                arguments(
                        origin("/run/systemd/generator.late/kube-apiserver.service", "/etc/init.d/kube-apiserver"),
                        "kube-apiserver.service SourcePath=/etc/init.d/kube-apiserver: is generated and has no unit file:"
                                + " write a unit file for kube-apiserver to /etc/systemd/system"),
                arguments(
                        origin("/run/systemd/transient/kube-apiserver.service", ""),
                        "kube-apiserver.service FragmentPath=/run/systemd/transient/kube-apiserver.service: is generated or"
                                + " transient, and may be another after the next boot: write a unit file for kube-apiserver"
                                + " to /etc/systemd/system"),
                arguments(
                        service("forking", "", ""),
                        "kube-apiserver.service Type=forking: does not fit kube-apiserver, which stays in the foreground:"
                                + " set Type=notify in the unit"),
                arguments(
                        service("notify", "/srv/root", ""),
                        "kube-apiserver.service RootDirectory=/srv/root: hides the host's files from kube-apiserver, among"
                                + " them the policy: run it without"),
                arguments(
                        service("notify", "", "/srv/root.raw"),
                        "kube-apiserver.service RootImage=/srv/root.raw: hides the host's files from kube-apiserver, among"
                                + " them the policy: run it without"),
                arguments(
                        (UnaryOperator<UnitReport>) UnitCheckTest::pending,
                        "kube-apiserver.service NeedDaemonReload=yes: somebody has changed the unit, and the operator's"
                                + " restart would apply that: run systemctl daemon-reload, and restart kube-apiserver if the"
                                + " change is for now"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedWithTheWayOut(UnaryOperator<UnitReport> change, String problem) {
        var files = TestUnit.running("/usr/bin/kube-apiserver --v=2").state().files();

        var plan = new UnitPlanner()
                .plan(
                        new UnitState(change.apply(USUAL), files, Optional.empty(), Optional.empty()),
                        TestUnit.FLAGS,
                        true);

        assertThat(plan).isInstanceOfSatisfying(UnitPlan.Refused.class, refused -> assertThat(
                        refused.problems().stream().map(ManifestProblem::describe))
                .containsExactly(problem));
    }

    private static UnaryOperator<UnitReport> loadState(String state) {
        return usual -> new UnitReport(usual.id(), state, usual.fragmentPath(), "", List.of(), false, usual.service());
    }

    private static UnaryOperator<UnitReport> id(String id) {
        return usual -> new UnitReport(id, "loaded", usual.fragmentPath(), "", List.of(), false, usual.service());
    }

    private static UnaryOperator<UnitReport> origin(String fragment, String source) {
        return usual -> new UnitReport(usual.id(), "loaded", fragment, source, List.of(), false, usual.service());
    }

    private static UnitReport pending(UnitReport usual) {
        return new UnitReport(usual.id(), "loaded", usual.fragmentPath(), "", List.of(), true, usual.service());
    }

    private static UnaryOperator<UnitReport> service(String type, String directory, String image) {
        return usual -> new UnitReport(
                usual.id(),
                "loaded",
                usual.fragmentPath(),
                "",
                List.of(),
                false,
                new UnitReport.Service(
                        type, usual.service().execStart(), List.of(), directory, image, UnitSandbox.NONE));
    }
}
