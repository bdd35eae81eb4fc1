package dev.auditpolicy.model;

import dev.auditpolicy.model.AgentState.Step.Idle;
import dev.auditpolicy.model.Machine.Serving;
import dev.auditpolicy.rollout.Decision;

/** Whether nothing is left to do, or nothing until a human acts. */
final class Quiescence {

    private final ControllerSteps controller;

    Quiescence(ControllerSteps controller) {
        this.controller = controller;
    }

    boolean isReached(ModelState state) {
        return state.store().policy().turn().isEmpty()
                && state.agents().stream().allMatch(Quiescence::isIdle)
                && switch (controller.decision(state)) {
                    case Decision.Complete _ -> everyNodeRuns(state);
                    case Decision.Stall _ -> true;
                    case Decision.Wait wait ->
                        wait.reason() == Decision.Reason.UnmanagedAPIServer
                                || state.agents().stream()
                                        .anyMatch(agent -> agent.machine().serving() == Serving.DEAD);
                    case Decision.Grant _, Decision.Retain _, Decision.Revoke _ -> false;
                };
    }

    private static boolean isIdle(AgentState agent) {
        return agent.step() instanceof Idle && agent.journal().openTurn().isEmpty();
    }

    private static boolean everyNodeRuns(ModelState state) {
        return state.agents().stream()
                .allMatch(agent -> agent.machine().runs(state.store().policy().revision()));
    }
}
