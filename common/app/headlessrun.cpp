// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "headlessrun.h"

#include "base/terminationsignal.h"
#include "conversation/client.h"
#include "conversation/server.h"
#include "steps/stepjson.h"
#include "steps/steptext.h"

#include <QCoreApplication>

#include <cerrno>
#include <csignal>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int defaultTimeoutMs = 10000;
constexpr int defaultSilenceMs = 1000;
constexpr int printMs = 1000; ///< how long to wait for a reader of standard output after a signal

/// Standard error gets the listening address, errors, limits and losses.
bool isForStandardError(const Step &step)
{
    switch (step.kind) {
    case StepKind::Listening:
    case StepKind::Refused:
    case StepKind::Unreachable:
    case StepKind::NotFound:
    case StepKind::ResetByPeer:
    case StepKind::TimedOut:
    case StepKind::Cancelled:
    case StepKind::Undelivered:
    case StepKind::Unread:
    case StepKind::Skipped:
    case StepKind::AcceptPaused:
    case StepKind::AcceptResumed:
    case StepKind::TurnedAway:
    case StepKind::Limit:
    case StepKind::Session:
    case StepKind::Rule:
    case StepKind::File:
    case StepKind::Error:
        return true;
    case StepKind::Partial:
        return !step.detail.isEmpty(); // the bytes are lost, and do not wait
    default:
        return false;
    }
}

/// A host may have more addresses: it is an error only when all of them have failed.
bool isOfOneAddress(const Step &step)
{
    return step.side == Side::Client && step.connection == 0 &&
           (step.kind == StepKind::Refused || step.kind == StepKind::Unreachable || step.kind == StepKind::ResetByPeer);
}

ConnectionSettings connectionSettings(const CommonOptions &options)
{
    ConnectionSettings settings;
    settings.framing = options.framing.value_or(settings.framing);
    settings.sendFraming = options.sendFraming;
    settings.closeDelayMs = options.closeDelayMs.value_or(settings.closeDelayMs);
    settings.readAfterMs = options.readAfterMs.value_or(settings.readAfterMs);
    return settings;
}

} // namespace

HeadlessRun::HeadlessRun(Side side, const CommonOptions &options)
    : m_side(side)
    , m_options(options)
    , m_out(STDOUT_FILENO)
    , m_error(STDERR_FILENO)
    , m_record(side, ConversationRecord::Keeps::Session)
{
    signal(SIGPIPE, SIG_IGN);
    connect(&m_record.journal(), &Journal::filled, &m_record, &ConversationRecord::takeBatch, Qt::QueuedConnection);
    connect(&m_record, &ConversationRecord::added, this, &HeadlessRun::print);
    connect(&m_record, &ConversationRecord::sessionFailed, this, [this] { m_status = 1; });
    connect(&m_out, &Output::done, this, &HeadlessRun::exitWhenPrinted);
    connect(&m_error, &Output::done, this, &HeadlessRun::exitWhenPrinted);
    if (!options.sessionPath.isEmpty())
        m_record.createSession(options.sessionPath);
}

int HeadlessRun::run(const ServerOptions &options)
{
    ServerSettings settings;
    settings.address = options.address.value_or(settings.address);
    settings.port = options.port.value_or(settings.port);
    if (options.reply)
        settings.reply = options.reply->read().message;
    settings.replyDelayMs = options.replyDelayMs.value_or(settings.replyDelayMs);
    settings.replyMode = options.replyMode.value_or(settings.replyMode);
    settings.rules = options.rules.value_or(settings.rules);
    settings.connection = connectionSettings(options);
    settings.allowed = options.allowed;
    settings.once = options.once;

    HeadlessRun run(Side::Server, options);
    auto server = std::make_unique<Server>(run.m_record.journal());
    connect(server.get(), &Server::listenFailed, &run, [&run] { run.finish(1); });
    connect(server.get(), &Server::onceDone, &run, [&run](bool wasReset) { run.finish(wasReset ? 1 : 0); });
    connect(server.get(), &Server::quitDone, &run, [&run] { run.finish(0); });
    if (!run.openCapture())
        return 1;
    Server *end = server.get();
    run.adopt(std::move(server));
    const auto listen = [end, settings](quint16 port) {
        NetworkThread::call(end, [settings = settings, port](Server &listens) mutable {
            settings.port = port;
            listens.start(settings);
        });
    };
    if (run.m_capture)
        run.m_capture->beginServing(settings.address, settings.port, listen);
    else
        listen(settings.port);
    return run.exec();
}

int HeadlessRun::run(const ClientOptions &options)
{
    const int timeoutMs = options.timeoutMs.value_or(defaultTimeoutMs);
    ClientSettings settings;
    settings.host = options.host.value_or(settings.host);
    settings.port = options.port.value_or(settings.port);
    for (const TypedMessage &message : options.messages)
        settings.messages.append(message.read().message);
    settings.from = options.from.value_or(LocalEnd());
    settings.ipVersion = options.ipVersion.value_or(settings.ipVersion);
    settings.reconnectMs = options.reconnectMs.value_or(settings.reconnectMs);
    settings.socket.hasNoDelay = options.hasNoDelay.value_or(settings.socket.hasNoDelay);
    settings.socket.keepAlive = options.keepAlive;
    settings.socket.sendBufferBytes = options.sendBufferBytes.value_or(settings.socket.sendBufferBytes);
    settings.socket.receiveBufferBytes = options.receiveBufferBytes.value_or(settings.socket.receiveBufferBytes);
    if (settings.messages.isEmpty() && !options.noMessage)
        settings.messages.append(ClientSettings::defaultMessage());
    if (options.noMessage || options.framing == Framing::None)
        settings.silenceMs = defaultSilenceMs;
    settings.silenceMs = options.waitMs.value_or(settings.silenceMs);
    settings.rounds = options.rounds;
    settings.everyMs = options.everyMs;
    settings.finishSending = options.finishSending;
    settings.closeAfterReply = true;
    settings.closeWithReset = options.closeWithReset;
    settings.connectTimeoutMs = settings.replyTimeoutMs = timeoutMs;
    settings.connection = connectionSettings(options);
    settings.connection.userTimeoutMs = timeoutMs;

    HeadlessRun run(Side::Client, options);
    run.m_connectsAgain = settings.reconnectMs > 0;
    auto client = std::make_unique<Client>(run.m_record.journal());
    connect(client.get(), &Client::connectFailed, &run, [&run] { run.finish(1); });
    connect(client.get(), &Client::conversationDone, &run, [&run, settings](bool allReplied) {
        run.m_record.takeBatch();
        allReplied = allReplied || (run.m_isTerminated && settings.rounds == 0);
        if (!allReplied && !run.m_complained && !run.m_out.hasFailed())
            run.complain(tr("The connection ended before the reply came"));
        run.finish(allReplied ? 0 : 1);
    });
    connect(client.get(), &Client::quitDone, &run, [&run] { run.finish(1); });
    if (!run.openCapture())
        return 1;
    Client *end = client.get();
    run.adopt(std::move(client));
    const auto connectNow = [end, settings] {
        NetworkThread::call(end, [settings](Client &connects) { connects.connectAndSend(settings); });
    };
    if (run.m_capture)
        run.m_capture->beginConnecting(settings.host, settings.port, connectNow);
    else
        connectNow();
    return run.exec();
}

bool HeadlessRun::openCapture()
{
    if (m_options.capturePath.isEmpty())
        return true;
    m_capture = std::make_unique<ConversationCapture>(m_options.capturePath, m_flows);
    m_record.connectTo(*m_capture);
    connect(m_capture.get(), &ConversationCapture::captured, this, [this](const std::vector<Segment> &segments) {
        for (const Segment &segment : segments)
            m_flows.append(segment);
    });
    const auto log = [this](const QString &sentence) {
        m_record.add(Step::event(m_side, StepKind::Capture, sentence));
    };
    connect(m_capture.get(), &ConversationCapture::noted, this, log);
    connect(m_capture.get(), &ConversationCapture::dropped, this, log);
    connect(m_capture.get(), &ConversationCapture::failed, this, [this, log](const CaptureProblem &problem) {
        const QString sentence = CaptureAdvice::sentence(problem);
        log(sentence);
        complain(sentence);
    });
    connect(m_capture.get(), &ConversationCapture::fileFailed, this, [this, log](const QString &sentence) {
        m_status = 1;
        log(sentence);
        complain(sentence);
    });
    const QString error = m_capture->pathError();
    if (!error.isEmpty())
        complain(error);
    return error.isEmpty();
}

void HeadlessRun::adopt(std::unique_ptr<Conversation> conversation)
{
    auto *termination = new TerminationSignal(this);
    connect(termination, &TerminationSignal::received, conversation.get(), &Conversation::quit);
    connect(termination, &TerminationSignal::received, this, [this] { m_isTerminated = true; });
    connect(&m_out, &Output::failed, conversation.get(), &Conversation::quit);
    m_network = std::make_unique<NetworkThread>(std::move(conversation));
}

int HeadlessRun::exec()
{
    QCoreApplication::exec();
    m_network.reset();
    return m_out.hasFailed() ? 1 : m_status;
}

void HeadlessRun::print(const Step &step)
{
    if (m_options.jsonl)
        m_out.writeLine(StepJson::toLine(step));
    else if (!step.isEvent())
        m_out.writeLine(StepText::line(step).toUtf8());
    if (step.kind == StepKind::Connected)
        m_heldBack.clear();
    if (!isForStandardError(step))
        return;
    if (isOfOneAddress(step) && !m_connectsAgain) {
        m_heldBack.push_back(step);
        return;
    }
    m_complained = m_complained || step.kind != StepKind::Listening;
    complain(StepText::line(step), step.connection > 0 ? step.peer + u": "_s : QString());
}

/// "client_gui: connection refused: nothing listens on 127.0.0.1:8700", "server_gui: 127.0.0.1:51964: reset by the
/// peer"
void HeadlessRun::complain(const QString &sentence, const QString &where)
{
    const bool isProse = sentence.size() > 1 && sentence.at(1).isLower();
    const QString begin = isProse ? sentence.left(1).toLower() : sentence.left(1);
    m_error.writeLine(u"%1: %2%3%4"_s.arg(QCoreApplication::applicationName(), where, begin, sentence.mid(1)).toUtf8());
}

void HeadlessRun::finish(int status)
{
    if (std::exchange(m_finished, true))
        return;
    m_record.takeBatch();
    m_status = qMax(m_status, status);
    if (m_capture)
        m_capture->finish([this] { conclude(); });
    else
        conclude();
}

/// Nothing more will be logged.
void HeadlessRun::conclude()
{
    m_isConcluded = true;
    m_record.flush();
    for (const Step &step : std::exchange(m_heldBack, {}))
        complain(StepText::line(step));
    if (m_out.hasFailed() && m_out.error() != EPIPE)
        complain(tr("Standard output cannot be written: %1").arg(qt_error_string(m_out.error())));
    else if (m_out.droppedLines() == 1)
        complain(tr("1 line was not printed: nobody reads standard output"));
    else if (m_out.droppedLines() > 1)
        complain(tr("%1 lines were not printed: nobody reads standard output").arg(m_out.droppedLines()));
    exitWhenPrinted();
    if (m_isTerminated) // then nobody needs to read the rest
        QTimer::singleShot(printMs, this, [this] { QCoreApplication::exit(m_status); });
}

void HeadlessRun::exitWhenPrinted()
{
    if (m_isConcluded && m_out.isDone() && m_error.isDone())
        QCoreApplication::exit(m_status);
}

#include "moc_headlessrun.cpp"
