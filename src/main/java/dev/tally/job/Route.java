package dev.tally.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Who can do a job: a worker with all of these engines, on this host. Its name is db-scheduler's name of the task,
 * which a worker looks for in the queue or does not.
 *
 * @param engines the ids of the engines
 * @param host the fingerprint of the host, or {@link #ANY}
 */
public record Route(List<String> engines, String host) {
    /** Whatever host has the engines. */
    public static final String ANY = "any";

    public Route {
        engines = List.copyOf(new TreeSet<>(engines));
    }

    String taskName() {
        return "measure/" + String.join("+", engines) + "/" + host;
    }

    /** {@return all routes that lead to a worker: each choice of its engines, on its host or on any} */
    static List<Route> to(Collection<String> engines, String host) {
        List<String> all = List.copyOf(new TreeSet<>(engines));
        List<Route> routes = new ArrayList<>();
        for (int choice = 1; choice < 1 << all.size(); choice++) {
            List<String> chosen = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                if ((choice & 1 << i) != 0) {
                    chosen.add(all.get(i));
                }
            }
            routes.add(new Route(chosen, ANY));
            routes.add(new Route(chosen, host));
        }
        return routes;
    }
}
