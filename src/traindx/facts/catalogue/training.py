"""Causes in the way of training, and in the code around it."""

from traindx.facts.catalogue.entry import Entry
from traindx.facts.causes import Cause

ENTRIES = {
    Cause.LEARNING_RATE_TOO_HIGH: Entry(
        "a learning rate that is too high",
        "The steps are so long that they jump over the minimum.",
        "The loss jumps or grows, and units die or saturate.",
        "Divide the learning rate by 10 until the loss falls smoothly. Adam usually works near 1e-3, SGD near 1e-2.",
        "A schedule or warm-up lowers the rate, and the loss settles later.",
    ),
    Cause.LEARNING_RATE_TOO_LOW: Entry(
        "a learning rate that is too low",
        "The steps are so short that the weights hardly move.",
        "The loss falls, but so slowly that training ends long before the minimum.",
        "Multiply the learning rate by 10 until the loss gets rough, then go back one step.",
        "Fine-tuning a pretrained model takes small steps on purpose.",
    ),
    Cause.OPTIMIZER_UNSUITED: Entry(
        "an optimizer that does not suit the model",
        "The same model learns with another optimizer and not with this one.",
        "Plain SGD and Adadelta with default settings need many more epochs on badly scaled problems.",
        "Use Adam with its default learning rate first. Change the optimizer only when that works.",
        "It is slower and reaches the same result in the time you have.",
    ),
    Cause.BATCH_SIZE: Entry(
        "the batch size",
        "The batch is far too small or far too large for these data.",
        "Batches of one or two rows make the steps noise and upset batch normalisation. One batch per epoch makes too "
        "few steps.",
        "Start with 32. Change the learning rate with it: larger batches stand larger steps.",
        "Memory or the nature of the task sets it, and training works.",
    ),
    Cause.TOO_FEW_EPOCHS: Entry(
        "too few epochs",
        "Training ended while the loss was still falling.",
        "The model is not done. What looks like a bad model is one that was stopped early.",
        "Train for more epochs, and let EarlyStopping on the validation loss find the end.",
        "The run is a test of the program.",
    ),
    Cause.OVERFITTING: Entry(
        "overfitting",
        "The training loss goes on falling while the validation loss rises.",
        "The model learns by heart what is particular to the training rows.",
        "Get more data or augment it, stop early with restore_best_weights=True, add dropout or weight decay, or use a "
        "smaller model.",
        "The weights of the best epoch are the ones you keep.",
    ),
    Cause.UNDERFITTING: Entry(
        "underfitting",
        "The model fits neither the training nor the validation rows.",
        "It is too small, too strongly regularised, or was trained too short or with an unsuited step.",
        "See first whether it can learn 32 rows by heart. If not, the fault is in data, loss or model, not in training "
        "time.",
        "The task cannot be done better: the noise in the labels sets the limit.",
    ),
    Cause.REGULARIZATION_TOO_STRONG: Entry(
        "too strong regularisation",
        "Dropout or weight penalties outweigh the data.",
        "The penalty is the larger part of the loss, or so many units are dropped that no pattern survives.",
        "Divide the penalty by 10, and keep dropout at 0.5 or less. First fit without either.",
        "Sparse or small weights are the aim.",
    ),
    Cause.EARLY_STOPPING_TOO_SOON: Entry(
        "early stopping too soon",
        "EarlyStopping ended the run before it had begun to learn.",
        "The validation loss is noisy: a few epochs without a new best one do not mean that there is none to come.",
        "Raise patience to 10 or more, set start_from_epoch, check that the right quantity is monitored in the right "
        "mode, and set restore_best_weights=True.",
        "Time is short and the result is good enough.",
    ),
    Cause.API_MISUSE: Entry(
        "a call that Keras cannot serve",
        "The program raised an exception.",
        "The run ended at that line. Shapes, types or arguments do not fit what the call expects.",
        "Go to the line named in the report; the exception is explained there.",
        "The program catches the exception and goes on.",
    ),
}
