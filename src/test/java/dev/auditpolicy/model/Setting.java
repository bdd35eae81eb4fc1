package dev.auditpolicy.model;

import dev.auditpolicy.model.Explorer.Result;
import java.util.List;

/** A model with its bounds. */
record Setting(String name, int controllers, int agents, Budget budget) {

    Result explore() {
        var controller = new ControllerSteps();
        var sources = List.of(controller, new AgentSteps(), new TurnSteps(), new WorldSteps());
        return new Explorer(sources, new Quiescence(controller))
                .explore(ModelState.initial(controllers, agents, budget));
    }

    @Override
    public String toString() {
        return name;
    }
}
