package dev.auditpolicy.unit;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.unit.command.DropIn;
import dev.auditpolicy.unit.command.UnitCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds audit flags of a unit that nobody has asked this operator to replace. */
record ForeignFlagCheck(UnitState state, UnitCommand command, ForeignFlags foreign) {

    private static final String FOREIGN = "is not managed by the audit policy operator: remove it from ";
    private static final String TAKE_OVER =
            ", or set spec.takeover to Replace in the AuditPolicy, and the operator replaces it";

    List<ManifestProblem> check(boolean takesOver) {
        // No process shows the variables, and no drop-in of ours says what was seen before.
        if (command.hasOpaqueWords()
                && foreign.bindings().isEmpty()
                && state.live().isPresent()
                && state.present().marks().isEmpty()) {
            return List.of(new ManifestProblem(
                    CommandCheck.field(state),
                    "",
                    "has variables, and the process does not show their values, because it was started with another command:"
                            + " restart kube-apiserver"));
        }
        var problems = new ArrayList<ManifestProblem>();
        if (!takesOver) {
            foreign.named().forEach((name, value) -> refuse(problems, name, value, "the unit"));
            foreign.opaque().forEach((name, value) -> refuse(problems, name, value, variable(name)));
        }
        return problems;
    }

    private void refuse(List<ManifestProblem> problems, String name, String value, String place) {
        var replaced = state.present().marks().map(DropIn::replaced).orElse(Map.of());
        if (!replaced.containsKey(name)) {
            problems.add(new ManifestProblem("--" + name, value, FOREIGN + place + TAKE_OVER));
        }
    }

    private String variable(String flag) {
        var files = state.report().service().environmentFiles();
        return foreign.bindings().flatMap(bound -> bound.wordWith(flag)).orElse("a variable")
                + " of the unit"
                + (files.isEmpty() ? "" : " (EnvironmentFile=" + String.join(", ", files) + ")");
    }
}
