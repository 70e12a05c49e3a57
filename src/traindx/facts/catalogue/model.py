"""Causes in the model."""

from traindx.facts.catalogue.entry import Entry
from traindx.facts.causes import Cause

ENTRIES = {
    Cause.OUTPUT_ACTIVATION: Entry(
        "the activation of the output layer",
        "The activation of the last layer cannot give the values that the targets have.",
        "A softmax over one unit is 1.0 for every row; a relu can get stuck at 0; a tanh cannot reach 5. No training "
        "mends that.",
        "One unit for two classes: sigmoid. One unit per class: softmax. Independent labels: sigmoid. A number: no "
        "activation.",
        "The targets lie inside the range of the activation, as with a relu output for counts.",
    ),
    Cause.OUTPUT_UNITS: Entry(
        "the number of output units",
        "The last layer has another number of units than the targets need.",
        "With too few units some classes cannot be predicted; with a wrong shape the loss compares things that do not "
        "belong together.",
        "One unit per class for softmax, one unit for a sigmoid or a single number.",
        "Units without a class are kept for classes to come; they cost a little and harm little.",
    ),
    Cause.LOSS_MISMATCH: Entry(
        "a loss that does not fit the task",
        "The loss does not fit the output and the targets.",
        "The loss then measures something else than the task, so that a lower loss is no better model.",
        "Two classes: binary_crossentropy. Integer labels: sparse_categorical_crossentropy. One-hot labels: "
        "categorical_crossentropy. Numbers: mse or mae. Without an activation on the output: from_logits=True.",
        "The loss was chosen for its robustness, and the predictions are read accordingly.",
    ),
    Cause.LABEL_RANGE: Entry(
        "labels outside the range of the output",
        "Some labels lie outside what the loss and the output can express.",
        "Labels 1 to 10 for ten units leave one label without a unit; labels -1 and 1 make cross-entropy negative or "
        "NaN.",
        "Number the classes from 0. Use 0 and 1 for a sigmoid, or a tanh output with hinge loss for -1 and 1.",
        "A loss of your own handles those labels, as a mark for rows to leave out.",
    ),
    Cause.MISSING_NONLINEARITY: Entry(
        "no nonlinearity between the layers",
        "Layers follow one another without an activation.",
        "Two linear layers in a row are one linear layer. The model can draw a straight line only.",
        'Set activation="relu" on every hidden layer.',
        "A linear model is what you want, or the second layer is there to reduce the rank.",
    ),
    Cause.SATURATING_ACTIVATIONS: Entry(
        "saturated activations",
        "Most sigmoid or tanh units sit at the flat ends of their curve.",
        "There the slope is almost zero, so that no gradient comes through and the layers before it stand still.",
        "Use relu in hidden layers, scale the inputs, or start from smaller weights.",
        "Gates of recurrent layers saturate by design; so do outputs of a classifier that is sure.",
    ),
    Cause.WEIGHT_INITIALIZATION: Entry(
        "the start weights",
        "The start weights are all equal, or far too large or too small.",
        "Equal weights stay equal: all units of the layer learn the same. Weights of a wrong size make signals vanish "
        "or explode from layer to layer.",
        "Leave the default, or use he_normal for relu and glorot_uniform for tanh and sigmoid.",
        "A last layer that starts at zero is fine; so are biases.",
    ),
    Cause.VANISHING_GRADIENTS: Entry(
        "vanishing gradients",
        "The gradients shrink from layer to layer until the first layers get almost nothing.",
        "Layers without a gradient stay as they were at the start, so that the model works on random features.",
        "Use relu in hidden layers, he_normal start weights, batch normalisation, residual connections, or fewer "
        "layers.",
        "The model has learned and the loss is near its minimum: all gradients are small then.",
    ),
    Cause.EXPLODING_GRADIENTS: Entry(
        "exploding gradients",
        "The gradients grow from layer to layer or burst at single steps.",
        "One step along a huge gradient throws the weights out of the useful region, often for good.",
        "Clip by global norm (clipnorm=1.0), lower the learning rate, and scale inputs and targets.",
        "Gradients are clipped, or the burst is one step and the loss comes back.",
    ),
    Cause.DEAD_UNITS: Entry(
        "dead units",
        "Many relu units give zero for every row.",
        "A unit that is always zero gets no gradient and never comes back. The layer is smaller than it looks.",
        "Lower the learning rate, scale the inputs, use he_normal start weights, or leaky_relu.",
        "Up to about half of a wide relu layer may be dead in a model that works well.",
    ),
    Cause.TOO_SMALL_MODEL: Entry(
        "a model too small for the task",
        "The model cannot fit even the training rows, and a larger one can.",
        "With too few units or layers the pattern cannot be expressed, however long one trains.",
        "Add units first, then layers, until the training loss falls clearly.",
        "A small model is what the device allows, and it is good enough.",
    ),
    Cause.TOO_LARGE_MODEL: Entry(
        "a model too large for the data",
        "The model has far more weights than the rows can hold in check.",
        "It learns the training rows by heart, noise included, and is worse on new ones.",
        "Use fewer units or layers, dropout, weight decay or early stopping, or more data.",
        "Validation is as good as training: large models often generalise well.",
    ),
    Cause.FROZEN_LAYERS: Entry(
        "frozen layers",
        "Layers that should learn are set to trainable=False.",
        "Frozen weights stay at their start values. A frozen layer with random weights only scrambles its input.",
        "Set trainable=True before compile; compile again after every change of it.",
        "The layers are pretrained and frozen on purpose.",
    ),
    Cause.DISCONNECTED_LAYERS: Entry(
        "layers without a gradient",
        "No gradient reaches some trainable weights.",
        "They are not on the way from input to loss, or something without a derivative stands between: argmax, round, "
        "a cast to integers, or a call into NumPy.",
        "Check that the layer's output is used, and replace what has no derivative.",
        "The layer serves another output or another phase of training.",
    ),
    Cause.NORMALIZATION_LAYERS: Entry(
        "the normalisation layers",
        "A normalisation layer works on wrong statistics.",
        "Too small batches, a momentum too near to 1 or a Normalization layer without adapt give statistics that fit "
        "the data badly.",
        "Call adapt on the training split, use batches of 16 or more, momentum 0.9 for short runs, or layer "
        "normalisation.",
        "Training and inference give the same loss.",
    ),
    Cause.WRONG_ARCHITECTURE: Entry(
        "layers that lose the signal",
        "A layer on the way throws away what the task needs.",
        "Pooling down to one value, a stride that skips the signal, a filter without input or a sequence flattened "
        "leave the later layers nothing to learn from.",
        "Follow the shapes and the spread over rows layer by layer, and mend the layer where it collapses.",
        "The information that a layer drops is not needed, as a position for a class.",
    ),
}
