// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "controls.h"

#include "conversation/framer.h"

namespace {

Control enabled(const QString &text, const QString &toolTip)
{
    return {text, toolTip, true};
}

Control disabled(const QString &text, const QString &why)
{
    return {text, why, false};
}

Control checked(const QString &text, const QString &toolTip, const QString &error)
{
    return error.isEmpty() ? enabled(text, toolTip) : disabled(text, error);
}

} // namespace

Controls Controls::from(const WindowState &state)
{
    Controls controls;
    controls.formAndMessageAreValid = state.formError.isEmpty() && state.messageError.isEmpty();
    controls.messageProblem = problemOf(state);
    controls.setSend(state);
    if (state.side == Side::Server)
        controls.setServerMain(state);
    else
        controls.setClientMain(state);
    controls.setClosing(state);
    controls.setReading(state);
    if (controls.close.enabled)
        controls.primary = Primary::Close;
    else if (controls.mainAction == Action::Start || controls.mainAction == Action::Connect)
        controls.primary = Primary::Main;
    if (state.quitting) {
        controls.primary = Primary::None;
        for (Control *control : {&controls.main, &controls.send, &controls.close, &controls.finishSending,
                                 &controls.reset, &controls.reading}) {
            control->enabled = false;
            control->toolTip = tr("The program is closing its connections before it exits.");
        }
    }
    return controls;
}

QString Controls::problemOf(const WindowState &state)
{
    if (!state.messageError.isEmpty())
        return tr("Message: %1").arg(state.messageError);
    const bool isOpen = state.selected && state.selected->isOpen();
    return state.message.isEmpty()
               ? QString()
               : Framer::refusalToSend(state.message, isOpen ? state.selected->sendFraming : state.sendFraming);
}

void Controls::setServerMain(const WindowState &state)
{
    if (state.activity.phase == Activity::Phase::Listening) {
        mainAction = Action::Stop;
        main = enabled(tr("S&top Server"), tr("Stop listening. Open connections stay open."));
        formIsOpen = false;
        formToolTip = tr("Stop the server to change this.");
        return;
    }
    mainAction = Action::Start;
    main = checked(tr("S&tart Server"), tr("Listen for connections."), state.formError);
}

void Controls::setClientMain(const WindowState &state)
{
    QString sendError = state.formError.isEmpty() ? state.messageError : state.formError;
    if (sendError.isEmpty() && !state.message.isEmpty())
        sendError = Framer::refusalToSend(state.message, state.sendFraming);
    if (state.activity.phase == Activity::Phase::Connecting) {
        sendAction = Action::Cancel;
        send = enabled(tr("Ca&ncel"), tr("Stop trying to connect to %1.").arg(state.activity.address));
        formIsOpen = false;
        formToolTip = tr("Cancel connecting to change this.");
    } else if (state.openConnection == 0) {
        sendAction = Action::Connect;
        if (state.message.isEmpty() && state.messageError.isEmpty())
            send = checked(tr("Co&nnect"), tr("Connect without sending: the message is empty."), sendError);
        else if (state.messagesInTurn > 1)
            send = checked(tr("Connect and Se&nd"),
                           tr("Connect, then send %1 messages, each after the reply to the previous one.")
                               .arg(state.messagesInTurn),
                           sendError);
        else
            send = checked(tr("Connect and Se&nd"), tr("Connect, then send the message."), sendError);
    } else {
        formIsOpen = false;
        formToolTip = tr("Close the connection to change this.");
    }
    mainAction = sendAction;
    main = send;
}

void Controls::setSend(const WindowState &state)
{
    const QString text = tr("Se&nd");
    sendAction = Action::Send;
    if (!state.selected || !state.selected->isOpen()) {
        send = disabled(text, whyNoConnection(state));
        return;
    }
    const ConnectionStatus &status = *state.selected;
    if (status.progress.isClosing())
        send = disabled(text, tr("#%1 is closing and cannot send any more.").arg(status.id));
    else if (status.progress.sending != Sending::Open)
        send = disabled(text, hasFinished(status));
    else if (status.sendingIsFull)
        send = disabled(
            text,
            tr("64 MiB are waiting to be sent on #%1. Wait until the peer has read some of them.").arg(status.id));
    else if (status.fileBytes > 0)
        send = disabled(text, tr("A file is being sent on #%1.").arg(status.id));
    else if (!state.messageError.isEmpty())
        send = disabled(text, state.messageError);
    else if (const QString refusal = Framer::refusalToSend(state.message, status.sendFraming); !refusal.isEmpty())
        send = disabled(text, state.message.isEmpty() ? tr("Type a message. %1").arg(refusal) : refusal);
    else if (state.message.isEmpty())
        send = enabled(text, tr("Send an empty message on #%1: only its terminator.").arg(status.id));
    else
        send = enabled(text, tr("Send the message on #%1.").arg(status.id));
}

void Controls::setClosing(const WindowState &state)
{
    const QString closeText = tr("C&lose Connection");
    const QString finishText = tr("&Finish Sending (half-close): FIN, keep receiving");
    const QString resetText = tr("&Reset: RST, drop unsent bytes");
    if (!state.selected || !state.selected->isOpen()) {
        const QString why = whyNoConnection(state);
        close = disabled(closeText, why);
        finishSending = disabled(finishText, why);
        reset = disabled(resetText, why);
        return;
    }
    const ConnectionStatus &status = *state.selected;
    reset = enabled(resetText, tr("End #%1 at once with RST.").arg(status.id));
    if (status.progress.isClosing()) {
        const QString why =
            tr("#%1 is closing and first sends the remaining data. Reset drops that data.").arg(status.id);
        close = disabled(closeText, why);
        finishSending = disabled(finishText, why);
        return;
    }
    if (status.isReadingStopped)
        close = enabled(
            closeText,
            tr("Close #%1 (Alt+L). If bytes wait in the kernel, Linux sends RST instead of FIN.").arg(status.id));
    else if (status.progress.sending == Sending::Open)
        close = enabled(closeText, tr("Close #%1 with FIN (Alt+L).").arg(status.id));
    else if (status.progress.finWaits())
        close = enabled(closeText, tr("Close #%1 (Alt+L). Its FIN follows the remaining data.").arg(status.id));
    else
        close = enabled(closeText, tr("Close #%1 (Alt+L). Its FIN has been sent.").arg(status.id));
    if (status.progress.sending == Sending::Open)
        finishSending = enabled(finishText, tr("Send FIN on #%1, and keep receiving.").arg(status.id));
    else
        finishSending = disabled(finishText, hasFinished(status));
}

void Controls::setReading(const WindowState &state)
{
    readsAgain = state.selected && state.selected->isReadingStopped;
    const QString text = readsAgain ? tr("Read &Again: the window opens") : tr("&Stop Reading: the window closes");
    if (!state.selected || !state.selected->isOpen())
        reading = disabled(text, whyNoConnection(state));
    else if (readsAgain)
        reading = enabled(
            text, tr("Read what has arrived on #%1. TCP then announces a larger window.").arg(state.selected->id));
    else if (state.selected->progress.hasPeerFinished())
        reading = disabled(
            text, tr("The peer of #%1 has finished sending: there is nothing more to read.").arg(state.selected->id));
    else
        reading =
            enabled(text, tr("Leave what the peer of #%1 sends in the kernel. TCP announces a smaller and smaller "
                             "window, and with a window of zero the peer has to wait.")
                              .arg(state.selected->id));
}

QString Controls::hasFinished(const ConnectionStatus &status)
{
    const QString text = status.progress.finWaits()
                             ? tr("#%1 has finished sending. Its FIN follows the remaining data.")
                             : tr("#%1 has finished sending. Its FIN has been sent.");
    return text.arg(status.id);
}

QString Controls::whyNoConnection(const WindowState &state)
{
    const bool isAttempt = state.selected && state.selected->isAttempt();
    if (isAttempt && state.openConnection != 0)
        return tr("This attempt to connect has ended. Select #%1 above, which is open.").arg(state.openConnection);
    if (isAttempt)
        return tr("There is no connection yet.");
    if (state.selected && state.openConnection != 0)
        return tr("#%1 is closed. Select #%2 above, which is open.").arg(state.selected->id).arg(state.openConnection);
    if (state.side == Side::Client)
        return state.selected ? tr("The connection is closed.") : tr("There is no connection yet.");
    if (state.activity.phase == Activity::Phase::Listening)
        return tr("No connection is open. Connect a client to %1.").arg(state.activity.address);
    return tr("No connection is open. Start the server, then connect a client.");
}
