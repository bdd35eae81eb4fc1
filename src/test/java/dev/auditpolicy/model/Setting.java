package dev.auditpolicy.model;

import dev.auditpolicy.model.Explorer.Result;
import dev.auditpolicy.model.WorldSteps.Restore;
import java.util.List;

/** One bounded model. */
record Setting(String name, int controllers, int agents, Restore restore, Budget budget) {

    static Setting of(String name, int controllers, int agents, Budget budget) {
        return new Setting(name, controllers, agents, Restore.DURING_A_TURN, budget);
    }

    Result explore() {
        var controller = new ControllerSteps();
        var sources = List.of(controller, new AgentSteps(), new TurnSteps(), new WorldSteps(restore));
        return new Explorer(sources, new Quiescence(controller))
                .explore(ModelState.initial(controllers, agents, budget));
    }

    @Override
    public String toString() {
        return name;
    }
}
