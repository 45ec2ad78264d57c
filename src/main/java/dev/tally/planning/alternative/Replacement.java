package dev.tally.planning.alternative;

import dev.tally.network.BatchNorm;
import dev.tally.network.LayerDraft;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Node;
import dev.tally.network.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Layers in a layer's place. The last of them has the layer's name, so that whatever took that still does.
 *
 * @param layer the name of the layer
 * @param drafts what takes its place, in order
 */
record Replacement(String layer, List<LayerDraft> drafts) {
    /** The longest name that a description may have. */
    private static final int LONGEST_NAME = 512;

    Replacement {
        drafts = List.copyOf(drafts);
    }

    /**
     * {@return pieces under names that nothing in the network has}
     *
     * @param pieces at least one
     */
    static Replacement of(Target target, List<Piece> pieces) {
        String layer = target.node().name();
        Names names = new Names(target.whole().names());
        Map<String, String> ends = new HashMap<>();
        ends.put(Piece.INPUT, target.node().from().getFirst().name());
        List<LayerDraft> drafts = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            boolean last = i == pieces.size() - 1;
            String name = last ? layer : names.fresh(layer, piece.suffix());
            drafts.add(new LayerDraft(
                    name,
                    piece.type(),
                    piece.layer(),
                    piece.from().stream().map(ends::get).toList()));
            String end = name;
            if (piece.followed() && !last) {
                for (Node follower : target.followers()) {
                    String suffix = follower.layer() instanceof BatchNorm ? "bn" : follower.type();
                    String own = names.fresh(name, suffix);
                    drafts.add(new LayerDraft(own, follower.type(), follower.layer(), List.of(end)));
                    end = own;
                }
            }
            ends.put(piece.suffix(), end);
        }
        return new Replacement(layer, drafts);
    }

    /** {@return a network in which the layers stand in that layer's place} */
    Network in(Network network) {
        return in(network, names(network.outputs()));
    }

    /** {@return the same, giving its input too: as if something after it took that} */
    Network keepingInputOf(Network part) {
        List<String> outputs = new ArrayList<>(names(part.outputs()));
        outputs.add(part.inputs().getFirst().name());
        return in(part, outputs);
    }

    private Network in(Network network, List<String> outputs) {
        NetworkBuilder builder = new NetworkBuilder(network.name())
                .layout(network.layout())
                .dataType(network.dataType())
                .batch(network.batch())
                .outputs(outputs);
        network.inputs().forEach(input -> builder.input(input.name(), input.shape()));
        for (Node node : network.nodes()) {
            if (node.name().equals(layer)) {
                drafts.forEach(builder::layer);
            } else {
                builder.layer(new LayerDraft(node.name(), node.type(), node.layer(), names(node.from())));
            }
        }
        return builder.build();
    }

    private static List<String> names(List<? extends Source> sources) {
        return sources.stream().map(Source::name).toList();
    }

    /** Names that are not taken. */
    private static final class Names {
        private final Set<String> taken;
        private final Set<String> own = new HashSet<>();

        Names(Set<String> taken) {
            this.taken = taken;
        }

        String fresh(String base, String suffix) {
            String end = "/" + suffix;
            for (int number = 2; ; number++) {
                String name = shorten(base, LONGEST_NAME - end.length()) + end;
                if (!taken.contains(name) && own.add(name)) {
                    return name;
                }
                end = "/" + suffix + "_" + number;
            }
        }

        private static String shorten(String base, int longest) {
            if (base.length() <= longest) {
                return base;
            }
            return base.substring(0, Character.isHighSurrogate(base.charAt(longest - 1)) ? longest - 1 : longest);
        }
    }
}
