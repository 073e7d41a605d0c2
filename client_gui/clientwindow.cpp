// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "clientwindow.h"

#include "app/commandtext.h"
#include "app/networkthread.h"
#include "app/program.h"
#include "connectform.h"
#include "conversation/client.h"
#include "conversation/conversationtext.h"
#include "sendmenu.h"
#include "steps/steptext.h"
#include "ui/forms/messageedit.h"
#include "ui/forms/messagerow.h"
#include "ui/status/statusline.h"
#include "ui/windows/connectioncommands.h"
#include "ui/windows/conversationcontrols.h"
#include "ui/wire/capturecontrol.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QIcon>
#include <QPushButton>

namespace {

const auto connectKey = QLatin1StringView("connect");

/// Of one of the newest steps.
StepRow rowOf(const Step &step, const Recording &recording)
{
    for (qsizetype row = recording.stepCount() - 1; row >= 0; --row) {
        const Step other = recording.step(row);
        if (other.kind == step.kind && other.time.wallUs == step.time.wallUs)
            return StepRow(row);
        if (other.time.wallUs < step.time.wallUs)
            break;
    }
    return {};
}

bool isConnectFailure(const Step &step)
{
    return step.connection == 0 &&
           (step.kind == StepKind::Refused || step.kind == StepKind::Unreachable || step.kind == StepKind::NotFound ||
            step.kind == StepKind::TimedOut || step.kind == StepKind::ResetByPeer);
}

} // namespace

ClientWindow::ClientWindow(const ClientOptions &options, QWidget *parent)
    : ConversationWindow(Side::Client, options, parent)
    , m_form(new ConnectForm(options, this))
    , m_sendMenu(new SendMenu(this))
    , m_closeWithReset(options.closeWithReset)
    , m_finishSending(options.finishSending)
{
    for (const TypedMessage &message : options.messages.mid(1))
        m_furtherMessages.append(message.read().message);
    setWindowTitle(tr("Client · TCP Steps"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/client.svg")));
    auto client = std::make_unique<Client>(journal());
    m_client = client.get();
    messageRow().edit()->setBytes("Hi, server! I'm client.");
    m_form->rememberMessage(messageRow().edit(), options.messages);
    setUp(std::move(client), m_form, messageRow().sendButton(),
          tr("Steps of this end appear here.\n[2] and [3] happen in the server."));
    connect(&recording(), &Recording::changed, this, &ClientWindow::tellRefusal);
    createSendMenu();
}

void ClientWindow::createSendMenu()
{
    messageRow().setSendMenu(m_sendMenu);
    connect(&controls(), &ConversationControls::updated, this, &ClientWindow::updateSendMenu);
    connect(&controls(), &ConversationControls::sent, this,
            [this](const MessageTemplate &message) { m_lastSent = message; });
    connect(m_sendMenu, &SendMenu::connectPressed, this, [this] { connectWith({}); });
    connect(m_sendMenu, &SendMenu::sendAgainPressed, this, [this] { commands().send(*m_lastSent); });
    connect(m_sendMenu, &SendMenu::repeatPressed, this, [this](const Repetition &repetition) {
        m_lastSent = messageRow().message();
        commands().repeat(*m_lastSent, repetition);
        messageRow().clearForNext();
    });
    connect(m_sendMenu, &SendMenu::sendBytesPressed, this, &ClientWindow::sendBytes);
    const auto copy = [this](bool isNetcat) {
        QGuiApplication::clipboard()->setText(command(isNetcat));
        status().show({.key = QStringLiteral("copied"), .text = tr("The command is on the clipboard.")});
    };
    connect(m_sendMenu, &SendMenu::copyClientPressed, this, [copy] { copy(false); });
    connect(m_sendMenu, &SendMenu::copyNetcatPressed, this, [copy] { copy(true); });
    updateControls();
}

void ClientWindow::updateSendMenu(const Controls &controls)
{
    m_sendMenu->setControls(controls, m_lastSent.has_value());
}

/// A pattern in which a person sees at once if something is missing.
void ClientWindow::sendBytes(int count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    for (int i = 0; i < count; ++i)
        bytes[i] = char('a' + i % 26);
    m_lastSent = bytes;
    commands().send(bytes);
}

QString ClientWindow::command(bool isNetcat) const
{
    const ClientSettings settings = m_form->settings();
    const CommandText::Sending sending{.program = Program::name(Side::Client),
                                       .host = settings.host,
                                       .port = settings.port,
                                       .message = messageRow().edit()->typed(),
                                       .framing = settings.connection.framing,
                                       .sendFraming = settings.connection.sendFraming,
                                       .closesWithReset = m_closeWithReset,
                                       .from = settings.from,
                                       .ipVersion = settings.ipVersion,
                                       .reconnectMs = settings.reconnectMs,
                                       .readAfterMs = settings.connection.readAfterMs,
                                       .socket = settings.socket};
    return isNetcat ? CommandText::netcat(sending, {.wallUs = StepTime::now().wallUs}) : CommandText::client(sending);
}

void ClientWindow::perform(Controls::Action action)
{
    if (action == Controls::Action::Connect)
        connectAndSend();
    else if (action == Controls::Action::Cancel)
        NetworkThread::call(m_client, [](Client &client) { client.cancel(); });
}

void ClientWindow::connectAndSend()
{
    QList<MessageTemplate> messages;
    if (!messageRow().message().isEmpty()) {
        m_lastSent = messageRow().message();
        messages.append(*m_lastSent);
    }
    connectWith(messages + m_furtherMessages);
    messageRow().clearForNext();
}

void ClientWindow::connectWith(const QList<MessageTemplate> &messages)
{
    ClientSettings settings = m_form->settings();
    settings.closeWithReset = m_closeWithReset;
    settings.finishSending = m_finishSending;
    settings.messages = messages;
    capture().beginConnecting(settings.host, settings.port, [this, settings] {
        NetworkThread::call(m_client, [settings](Client &client) { client.connectAndSend(settings); });
    });
}

void ClientWindow::stepLogged(const Step &step)
{
    if (step.kind == StepKind::Connecting || step.kind == StepKind::Cancelled) {
        status().remove(connectKey);
        m_failure = {};
        m_failureText.clear();
    } else if (isConnectFailure(step)) {
        m_failure = rowOf(step, recording());
        m_failureText = step.kind == StepKind::Refused
                            ? tr("Nothing listens on %1. Click Start Server there, then Retry.").arg(step.peer)
                            : StepText::line(step);
    }
}

/// If a capture shows that an ICMP error refused the attempt, there is other advice. The error may come after the step.
void ClientWindow::tellRefusal()
{
    if (!m_failure.isValid() || !m_failureText.isEmpty())
        return;
    const auto refusal = recording().match().refusalOf(m_failure);
    if (!refusal)
        return;
    if (refusal->error)
        showFailure(ConversationText::refusedBy(recording().step(m_failure.value()).peer, *refusal->error));
    m_failure = {};
}

void ClientWindow::showFailure(const QString &text)
{
    status().show({.key = connectKey,
                   .kind = Notice::Kind::Holding,
                   .level = Notice::Level::Error,
                   .text = text,
                   .actions = {{tr("Retr&y"), [this] { pressMain(); }}}});
}

/// Shows a failure only when there is no other address to try, and Retry can be clicked.
void ClientWindow::activityChanged(const Activity &activity)
{
    if (activity.phase != Activity::Phase::Idle || m_failureText.isEmpty())
        return;
    showFailure(std::exchange(m_failureText, {}));
    tellRefusal();
}

void ClientWindow::completeState(WindowState &state) const
{
    state.messagesInTurn = m_furtherMessages.size() + 1;
}

#include "moc_clientwindow.cpp"
