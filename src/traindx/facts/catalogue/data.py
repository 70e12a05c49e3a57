"""Causes in the data."""

from traindx.facts.catalogue.entry import Entry
from traindx.facts.causes import Cause

ENTRIES = {
    Cause.UNSCALED_INPUTS: Entry(
        "unscaled inputs",
        "Some inputs are far larger than others, or all of them are far from the range that the layers expect.",
        "A step that suits the large inputs is far too small for the others. Activations saturate, and the loss stands "
        "still, jumps or turns to NaN.",
        "Scale the inputs with numbers taken from the training split: a Normalization layer with adapt(x_train), or "
        "divide pixels by 255. Use the same numbers for every split.",
        "The first layer scales its input itself (Normalization, BatchNormalization), or training works as it is.",
    ),
    Cause.HEAVY_TAILED_INPUTS: Entry(
        "heavy-tailed inputs",
        "A few values of a column are very far from all the others.",
        "Those rows dominate the gradients, and scaling by mean and spread presses all other rows onto one value.",
        "Take the logarithm of the column, clip it at a high quantile, or bin it.",
        "The rare large values are what is to be predicted from, and training works with them.",
    ),
    Cause.UNSCALED_TARGETS: Entry(
        "unscaled targets",
        "The numbers to predict are far from the size that the output of a fresh network has.",
        "The network starts near zero and must first grow its weights to reach the targets. Errors are huge, and so "
        "are their gradients.",
        "Standardise the targets for training and transform predictions back. Predicting the logarithm suits prices "
        "and counts.",
        "The last layer has been given a bias near the mean, or the model scales its output itself.",
    ),
    Cause.NON_FINITE_DATA: Entry(
        "NaN or infinity in the data",
        "Some inputs or targets are NaN or infinite.",
        "One NaN in a batch makes the loss NaN, then all gradients, then all weights. Nothing brings them back.",
        "Drop or fill those rows before training. Look for where they come from: a division by zero, the logarithm of "
        "zero, or an empty cell.",
        "A Masking layer or a loss of your own leaves those entries out.",
    ),
    Cause.CONSTANT_INPUTS: Entry(
        "constant inputs",
        "Inputs have the same value in every row.",
        "What does not vary carries nothing to learn from. If all inputs are constant, every prediction is the same.",
        "Check the loading and preprocessing: a column overwritten, images read as zeros, values cast to integers.",
        "A few pixels at the border of all images are constant: that is usual.",
    ),
    Cause.UNINFORMATIVE_FEATURES: Entry(
        "inputs that say nothing of the target",
        "No measured relation between the inputs and the target is stronger than chance.",
        "A network can only learn what the inputs tell. Without a relation it learns the training rows by heart.",
        "Check that inputs and labels belong together. Try a tree model on the same rows: if it learns nothing either, "
        "other inputs are needed.",
        "The task needs an order or a neighbourhood (text, images, sequences) that no single input shows.",
    ),
    Cause.CONSTANT_TARGETS: Entry(
        "constant targets",
        "The targets have the same value in every row.",
        "The best answer is then that one value. The loss falls to zero and nothing has been learned.",
        "Check how the labels are read and encoded. A split of sorted data often holds one class only.",
        "One of several outputs is constant on purpose.",
    ),
    Cause.EMPTY_ONE_HOT_ROWS: Entry(
        "one-hot labels without a class",
        "Some one-hot rows hold only zeros: they name no class.",
        "Categorical cross-entropy is zero for such rows whatever is predicted, so they teach nothing and the loss "
        "looks better than it is.",
        "Find the label value that the encoder did not know, and add it or drop its rows.",
        "Labels are independent of each other (multi-label) and a row has none of them.",
    ),
    Cause.MISSING_CLASSES: Entry(
        "classes missing from a split",
        "A class stands in one split and not in another.",
        "A class that was never trained cannot be predicted. A class that is not in the validation split is not "
        "judged.",
        "Split again with stratification, and shuffle before splitting.",
        "The class is so rare that a small split holds none by chance.",
    ),
    Cause.CLASS_IMBALANCE: Entry(
        "class imbalance",
        "One class is so frequent that always predicting it is nearly as good as the model.",
        "Predicting the frequent class is the easiest way down for the loss. Accuracy then hides that the rare class "
        "is never found.",
        "Pass class_weight to fit, sample the rare class more often, or lower the decision threshold. Watch recall or "
        "the area under the precision-recall curve in place of accuracy.",
        "The rare class is found well enough for your purpose, or scores are used and no threshold.",
    ),
    Cause.LABEL_NOISE: Entry(
        "wrong labels",
        "Many labels disagree with the other rows that look the same.",
        "Wrong labels pull the model in different directions, and set a limit on the accuracy that can be measured.",
        "Look at the listed rows first; they are the likeliest to be wrong. Correct or drop them in every split.",
        "The classes truly overlap: rows that look alike belong to different classes.",
    ),
    Cause.LABEL_ENCODING_MISMATCH: Entry(
        "labels encoded differently in the splits",
        "The same label has another number in the validation or test split than in the training split.",
        "The model predicts by the numbers it was trained with. Judged by other numbers it is wrong where it is right.",
        "Fit the label encoder once, on the training labels, and only apply it to the other splits.",
        "The splits are meant for different outputs.",
    ),
    Cause.PREPROCESSING_MISMATCH: Entry(
        "splits preprocessed differently",
        "A transformation was applied to one split and not to another, or with other numbers.",
        "The model meets inputs in validation that it never saw in training, though the rows mean the same.",
        "Put the transformation into one function or into the model, with numbers from the training split, and send "
        "every split through it.",
        "Augmentation of the training split alone is normal practice.",
    ),
    Cause.SPLIT_DRIFT: Entry(
        "splits from different distributions",
        "The inputs or labels of the splits are distributed differently.",
        "What was learned on one distribution need not hold on another. The gap looks like overfitting and is none.",
        "Find out why they differ: another time, source or filter. Shuffle before splitting where rows are "
        "exchangeable.",
        "The validation split is meant to be harder: a later time, another hospital.",
    ),
    Cause.SPLIT_OVERLAP: Entry(
        "the same rows in two splits",
        "Rows of the training split stand in the validation or test split too.",
        "The model has seen the answers. Its score on those rows says nothing about new data.",
        "Drop duplicates before splitting, then split again.",
        "The data have few distinct rows, so that equal rows come up by chance.",
    ),
    Cause.GROUP_LEAKAGE: Entry(
        "one group in two splits",
        "Rows of the same group (a patient, a user, a video) stand in more than one split.",
        "The model recognises the group in place of learning the task. On new groups it is far worse.",
        "Split by group, for example with GroupShuffleSplit.",
        "In use the model will meet the same groups again.",
    ),
    Cause.TIME_LEAKAGE: Entry(
        "training on the future",
        "Training rows are later than validation or test rows, or windows of both overlap in time.",
        "The model is judged on a past whose future it knows. In use there is no future to look at.",
        "Split by time: train on the earlier part, and leave a gap of one window before the later part.",
        "Rows are independent of time.",
    ),
    Cause.TARGET_LEAKAGE: Entry(
        "an input that gives the target away",
        "One input nearly determines the target.",
        "The model copies that input. If it is not known at the time of the prediction, the score is worthless.",
        "Ask whether the column is known when a prediction is made. If it is not, drop it.",
        "The column is truly known when a prediction is made, or the target is a simple function of it.",
    ),
    Cause.MISALIGNED_LABELS: Entry(
        "inputs and labels out of step",
        "The labels do not belong to the rows they stand beside; shifted or in another order they fit.",
        "With labels of other rows there is nothing to learn, and the loss stays where chance puts it.",
        "Shuffle and filter inputs and labels together, with the same indices.",
        "None: labels of other rows are never of use.",
    ),
    Cause.ORDERED_DATA: Entry(
        "rows in the order of their labels",
        "Consecutive batches hold one class or one part of the range only.",
        "Each batch undoes what the last one taught. validation_split takes the last rows, so it holds other classes "
        "than training.",
        "Shuffle once before training and before validation_split. For tf.data use a shuffle buffer as large as the "
        "data.",
        "fit shuffles the rows (its default for arrays), and the validation rows are drawn at random.",
    ),
    Cause.TOO_LITTLE_DATA: Entry(
        "too few rows",
        "There are too few rows for a model of this size.",
        "The model can store every row, and a score on so few validation rows is mostly chance.",
        "Collect or augment data, start from a pretrained model, use a smaller model, and judge by cross-validation.",
        "Most weights are pretrained and frozen, or the task is simple.",
    ),
}
