package dev.tally.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Collects inputs and layers, in any order, and checks that they make a network: names, references, cycles, shapes, and
 * that everything leads to an output.
 */
public final class NetworkBuilder {
    private final String name;
    private final Map<String, Shape> inputs = new LinkedHashMap<>();
    private final List<LayerDraft> drafts = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private List<String> outputs = List.of();
    private Layout layout = Layout.CHANNELS_LAST;
    private DataType dataType = DataType.FLOAT32;
    private int batch = 1;
    private boolean anyNumberOfInputs;
    private @Nullable LayerWorks works;

    /** A builder of a network with this name, which may be empty; channels last, float32, batch 1. */
    public NetworkBuilder(String name) {
        this.name = name;
    }

    /** Says where the channels stand in every shape. */
    public NetworkBuilder layout(Layout layout) {
        this.layout = layout;
        return this;
    }

    /** Says of what type every element is. */
    public NetworkBuilder dataType(DataType dataType) {
        this.dataType = dataType;
        return this;
    }

    /** Says how many samples run at once, at least 1. */
    public NetworkBuilder batch(int batch) {
        this.batch = batch;
        return this;
    }

    /** Allows what a part of a network may have: no input, or one for each of the edges that lead into it. */
    NetworkBuilder anyNumberOfInputs() {
        anyNumberOfInputs = true;
        return this;
    }

    /** Has the layers' works shared with other networks. */
    public NetworkBuilder works(LayerWorks works) {
        this.works = works;
        return this;
    }

    /** Adds an input; two of one name are a fault. */
    public NetworkBuilder input(String name, Shape shape) {
        if (inputs.putIfAbsent(name, shape) != null) {
            faults.add(Fault.network("inputs", "two inputs are named \"" + name + "\""));
        }
        return this;
    }

    /** Adds a layer; the first added has position 0. */
    public NetworkBuilder layer(LayerDraft draft) {
        drafts.add(draft);
        return this;
    }

    /** Adds a layer; see {@link LayerDraft}. */
    public NetworkBuilder layer(String name, String type, Layer layer, String... from) {
        return layer(new LayerDraft(name, type, layer, List.of(from)));
    }

    /** Names the outputs. Without it they are the layers that no layer takes. */
    public NetworkBuilder outputs(List<String> names) {
        outputs = List.copyOf(names);
        return this;
    }

    /**
     * {@return the network}
     *
     * @throws InvalidNetworkException with every fault found, if there is one
     */
    public Network build() {
        checkSizes();
        throwIfAny();
        Graph graph = connect();
        throwIfAny();
        int[] order = order(graph);
        throwIfAny();
        @Nullable Source[] sources = new Source[graph.size()];
        List<Input> given = new ArrayList<>(inputs.size());
        inputs.forEach((input, shape) -> given.add(new Input(given.size(), input, shape)));
        given.forEach(input -> sources[input.id()] = input);
        List<Node> nodes = new ArrayList<>(drafts.size());
        for (int position : order) {
            place(position, graph, sources, nodes);
        }
        throwIfAny();
        List<Source> results = outputs(graph, sources);
        throwIfAny();
        return new Network(name, layout, dataType, batch, given, nodes, results);
    }

    private void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new InvalidNetworkException(faults);
        }
    }

    private void checkSizes() {
        if (batch < 1) {
            faults.add(Fault.network("batch", "expected an integer of at least 1, got " + batch));
        }
        if (!anyNumberOfInputs && (inputs.isEmpty() || inputs.size() > Network.MAX_INPUTS)) {
            faults.add(
                    Fault.network("inputs", "expected 1 to " + Network.MAX_INPUTS + " inputs, got " + inputs.size()));
        }
        if (drafts.isEmpty() || drafts.size() > Network.MAX_LAYERS) {
            faults.add(
                    Fault.network("layers", "expected 1 to " + Network.MAX_LAYERS + " layers, got " + drafts.size()));
        }
        long edges = 0;
        for (LayerDraft draft : drafts) {
            edges += draft.from().size();
        }
        if (edges > Network.MAX_EDGES) {
            faults.add(Fault.network(
                    "layers", "expected at most " + Network.MAX_EDGES + " inputs over all layers, got " + edges));
        }
    }

    /**
     * Resolves names; what a layer takes becomes the index of an input or, shifted by their number, a layer's position.
     */
    private Graph connect() {
        Map<String, Integer> ids = HashMap.newHashMap(inputs.size() + drafts.size());
        for (String input : inputs.keySet()) {
            ids.put(input, ids.size());
        }
        for (int i = 0; i < drafts.size(); i++) {
            if (ids.putIfAbsent(drafts.get(i).name(), inputs.size() + i) != null) {
                faults.add(new Fault(i, "name", "the name \"" + drafts.get(i).name() + "\" is already taken"));
            }
        }
        int[][] from = new int[drafts.size()][];
        boolean[] taken = new boolean[inputs.size() + drafts.size()];
        for (int i = 0; i < from.length; i++) {
            List<String> names = drafts.get(i).from();
            checkArity(i, drafts.get(i).layer(), names.size());
            from[i] = new int[names.size()];
            for (int j = 0; j < names.size(); j++) {
                Integer id = ids.get(names.get(j));
                if (id == null) {
                    faults.add(new Fault(i, "from", "there is no layer or input named \"" + names.get(j) + "\""));
                } else {
                    from[i][j] = id;
                    taken[id] = true;
                }
            }
        }
        return new Graph(inputs.size(), ids, from, taken);
    }

    private void checkArity(int position, Layer layer, int actual) {
        if (actual < layer.minimumInputs() || actual > layer.maximumInputs()) {
            String expected = inputs(layer.minimumInputs(), layer.maximumInputs());
            faults.add(new Fault(position, "from", "expected " + expected + ", got " + actual));
        }
    }

    private static String inputs(int least, int most) {
        if (most == Integer.MAX_VALUE) {
            return "at least " + least + (least == 1 ? " input" : " inputs");
        }
        String number = least == most ? "" + most : least + " to " + most;
        return most == 0 ? "no input" : most == 1 ? "one input" : number + " inputs";
    }

    /** The stable topological order of the positions: always the lowest position that has all it takes. */
    private int[] order(Graph graph) {
        int layers = drafts.size();
        if (graph.isInOrder()) {
            return IntStream.range(0, layers).toArray();
        }
        int[] missing = new int[layers];
        List<List<Integer>> takers = new ArrayList<>(layers);
        for (int i = 0; i < layers; i++) {
            takers.add(new ArrayList<>(2));
        }
        for (int i = 0; i < layers; i++) {
            for (int id : graph.from[i]) {
                if (id >= graph.inputs) {
                    missing[i]++;
                    takers.get(id - graph.inputs).add(i);
                }
            }
        }
        TreeSet<Integer> ready = new TreeSet<>();
        for (int i = 0; i < layers; i++) {
            if (missing[i] == 0) {
                ready.add(i);
            }
        }
        int[] order = new int[layers];
        int ordered = 0;
        for (Integer next = ready.pollFirst(); next != null; next = ready.pollFirst()) {
            order[ordered++] = next;
            for (int taker : takers.get(next)) {
                if (--missing[taker] == 0) {
                    ready.add(taker);
                }
            }
        }
        if (ordered < layers) {
            faults.add(cycle(graph, missing));
        }
        return order;
    }

    /** Walks back from a layer that never became ready, along inputs that never did, until one repeats. */
    private Fault cycle(Graph graph, int[] missing) {
        int at = 0;
        while (missing[at] == 0) {
            at++;
        }
        List<Integer> path = new ArrayList<>();
        boolean[] seen = new boolean[missing.length];
        while (!seen[at]) {
            seen[at] = true;
            path.add(at);
            for (int id : graph.from[at]) {
                if (id >= graph.inputs && missing[id - graph.inputs] > 0) {
                    at = id - graph.inputs;
                    break;
                }
            }
        }
        List<Integer> cycle = path.subList(path.indexOf(at), path.size()).reversed();
        StringBuilder names = new StringBuilder();
        int shown = Math.min(cycle.size(), 20);
        for (int position : cycle.subList(0, shown)) {
            names.append('"').append(drafts.get(position).name()).append("\" → ");
        }
        names.append(shown < cycle.size() ? "… → " : "")
                .append('"')
                .append(drafts.get(cycle.getFirst()).name())
                .append('"');
        return new Fault(cycle.getFirst(), "from", "the layers feed each other in a cycle: " + names);
    }

    private void place(int position, Graph graph, @Nullable Source[] sources, List<Node> nodes) {
        LayerDraft draft = drafts.get(position);
        int[] ids = graph.from[position];
        List<Source> from = new ArrayList<>(ids.length);
        for (int id : ids) {
            Source source = sources[id];
            if (source == null) {
                return; // what it takes is at fault, and said so
            }
            from.add(source);
        }
        try {
            List<Source> taken = List.copyOf(from);
            List<Shape> shapes = Node.shapes(taken);
            LayerWork work = works == null
                    ? new LayerWork(draft.layer(), shapes, layout, false)
                    : works.of(draft.layer(), shapes, layout);
            Node node = new Node(graph.inputs + nodes.size(), position, draft, taken, work);
            nodes.add(node);
            sources[graph.inputs + position] = node;
        } catch (InvalidLayerException e) {
            faults.add(new Fault(position, e.attribute(), e.getMessage()));
        }
    }

    private List<Source> outputs(Graph graph, @Nullable Source[] sources) {
        Set<Source> given = new LinkedHashSet<>();
        boolean[] leads = graph.taken.clone();
        for (String output : outputs) {
            Integer id = graph.ids.get(output);
            Source source = id == null ? null : sources[id];
            if (id == null || source == null) {
                faults.add(Fault.network("outputs", "there is no layer named \"" + output + "\""));
            } else if (given.add(source)) {
                leads[id] = true;
            } else {
                faults.add(Fault.network("outputs", "\"" + output + "\" is named twice"));
            }
        }
        for (int id = 0; id < leads.length; id++) {
            Source source = sources[id];
            if (!leads[id] && source instanceof Node node) {
                if (outputs.isEmpty()) {
                    given.add(node);
                } else {
                    faults.add(new Fault(
                            node.position(),
                            "",
                            "no layer takes \"" + node.name() + "\" and it is not among the outputs"));
                }
            } else if (!leads[id] && source != null) {
                faults.add(Fault.network("inputs", "no layer takes the input \"" + source.name() + "\""));
            }
        }
        return List.copyOf(given);
    }

    /** What takes what, by id: the inputs' first, then the layers' in the order in which they were added. */
    private static final class Graph {
        private final int inputs;
        private final Map<String, Integer> ids;
        private final int[][] from;
        private final boolean[] taken;

        Graph(int inputs, Map<String, Integer> ids, int[][] from, boolean[] taken) {
            this.inputs = inputs;
            this.ids = ids;
            this.from = from;
            this.taken = taken;
        }

        /** Whether every layer takes what was added before it. */
        boolean isInOrder() {
            for (int i = 0; i < from.length; i++) {
                for (int id : from[i]) {
                    if (id >= inputs + i) {
                        return false;
                    }
                }
            }
            return true;
        }

        int size() {
            return taken.length;
        }
    }
}
