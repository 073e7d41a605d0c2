// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "soakend.h"

namespace {

constexpr qint64 descriptorLimit = 64 + 2 * 24; ///< 24 connections, so that accepting pauses from time to time

constexpr qsizetype maxOverhead = 4; ///< bytes that a framing of sendFraming() adds to a message

/// A framing that takes every message of messageOfSize(): its markers have a NUL or a newline, as no message has.
Framing sendFraming(Dice &dice)
{
    return dice.oneOf({Framing::Nul, Framing::Nul, Framing::Newline, Framing::None, Framing::CrLf, Framing::silence(5),
                       Framing::endedBy(QByteArrayView("\0\n", 2)), Framing::between(QByteArrayView("\0", 1), "\n"),
                       Framing::lengthPrefix({.width = 4})});
}

ConnectionSettings connectionSettings(Dice &dice)
{
    ConnectionSettings settings;
    settings.framing = sendFraming(dice);
    if (dice.oneIn(3)) {
        settings.framing = dice.oneOf({settings.framing, Framing::fixedSize(7), Framing::lengthPrefix({.width = 1}),
                                       Framing::lengthPrefix({.offset = 1, .adds = -9, .width = 2})});
        settings.sendFraming = sendFraming(dice);
    }
    settings.closeDelayMs = dice.oneOf({0, 0, 20, ConnectionSettings::never});
    settings.readAfterMs = dice.oneOf({0, 0, 0, 20, ConnectionSettings::never});
    settings.userTimeoutMs = dice.oneOf({0, 10'000});
    return settings;
}

} // namespace

SoakEnd::SoakEnd(const QString &sessionPath)
    : m_sessionPath(sessionPath)
{
    connect(&m_journal, &Journal::filled, this, &SoakEnd::take, Qt::QueuedConnection);
}

void SoakEnd::adopt(std::unique_ptr<Conversation> conversation)
{
    m_conversation = conversation.get();
    m_network = std::make_unique<NetworkThread>(std::move(conversation));
}

void SoakEnd::openSession()
{
    m_session = std::make_unique<SessionFile>();
    m_session->create(m_sessionPath);
    m_stepsOfSession = 0;
}

QString SoakEnd::closeSession()
{
    const auto session = std::move(m_session);
    session->flush();
    if (session->count() != m_stepsOfSession)
        return QStringLiteral("the session file contains %1 of %2 lines").arg(session->count()).arg(m_stepsOfSession);
    if (m_stepsOfSession > 0 && session->at(m_stepsOfSession - 1).time.monotonicUs != m_lastStep.time.monotonicUs)
        return QStringLiteral("the session file's last line is not the last step");
    return {};
}

void SoakEnd::turn()
{
    if (isPaused() && --m_pausedTurns == 0)
        take();
}

void SoakEnd::take()
{
    if (isPaused())
        return;
    Journal::Batch batch = m_journal.take();
    m_activity = batch.activity;
    m_steps += qint64(batch.steps.size());
    m_stepsOfSession += qsizetype(batch.steps.size());
    for (Step &step : batch.steps) {
        if (!m_session) // an event of a connection that was audited: the peer never acknowledged its last bytes
            continue;
        m_session->append(step);
        m_lastStep = step;
        if (step.connection == 0)
            continue;
        Ledger &ledger = m_ledgers[step.connection];
        if (ledger.steps.empty())
            ledger.commanded = commandedAtFirst();
        if (step.kind == StepKind::Recv)
            ledger.commanded += commandedByMessage();
        ledger.steps.push_back(std::move(step));
    }
    for (const auto &[id, status] : batch.connections) {
        if (!status.isAttempt())
            m_ledgers[id].isOpen = status.isOpen();
    }
}

bool SoakEnd::hasOpen() const
{
    return std::any_of(m_ledgers.begin(), m_ledgers.end(), [](const auto &entry) { return entry.second.isOpen; });
}

void SoakEnd::act(Dice &dice)
{
    std::vector<int> open;
    for (const auto &[id, ledger] : m_ledgers) {
        if (ledger.isOpen)
            open.push_back(id);
    }
    if (open.empty())
        return;
    const int id = open[size_t(dice.upTo(qint64(open.size()) - 1))];
    const auto call = [this](auto f) { NetworkThread::call(m_conversation, f); };
    switch (dice.upTo(17)) {
    case 0:
        return call([id](Conversation &end) { end.close(id); });
    case 1:
        return call([id](Conversation &end) { end.reset(id); });
    case 2:
        return call([id](Conversation &end) { end.finishSending(id); });
    case 3:
        return call([id](Conversation &end) { end.keepOpen(id); });
    case 4:
        return call([id](Conversation &end) { end.takePartial(id); });
    case 5:
        return call([id](Conversation &end) { end.replyNow(id); });
    case 6: {
        const Framing framing = sendFraming(dice);
        return call([id, framing](Conversation &end) { end.setFraming(id, framing); });
    }
    case 7:
        return call([id](Conversation &end) { end.stopReading(id); });
    case 8:
        return call([id](Conversation &end) { end.readAgain(id); });
    default: {
        const qsizetype size = dice.size();
        m_ledgers[id].commanded += size + maxOverhead;
        return call([id, size](Conversation &end) { end.send(id, messageOfSize(size)); });
    }
    }
}

void SoakEnd::closeAll()
{
    for (const auto &[id, ledger] : m_ledgers) {
        if (!ledger.isOpen)
            continue;
        NetworkThread::call(m_conversation, [id = id](Conversation &end) {
            end.readAgain(id); // both ends may wait for each other
            end.close(id);
        });
    }
}

SoakServer::SoakServer(const QString &sessionPath)
    : SoakEnd(sessionPath)
{
    auto server = std::make_unique<Server>(journal(), descriptorLimit);
    m_server = server.get();
    adopt(std::move(server));
}

void SoakServer::start(Dice &dice)
{
    m_settings.port = 0;
    m_settings.reply = messageOfSize(dice.oneOf({0, 12, 12, 5000}));
    m_settings.replyDelayMs = int(dice.upTo(200));
    m_settings.connection = connectionSettings(dice);
    NetworkThread::call(m_server, [settings = m_settings](Server &end) { end.start(settings); });
}

void SoakServer::stop()
{
    NetworkThread::call(m_server, [](Server &end) { end.stop(); });
}

void SoakServer::changeDelay(Dice &dice)
{
    const int delayMs = int(dice.upTo(200));
    NetworkThread::call(m_server, [reply = m_settings.reply, delayMs](Server &end) { end.setReply(reply, delayMs); });
}

SoakClient::SoakClient(const QString &sessionPath)
    : SoakEnd(sessionPath)
{
    auto client = std::make_unique<Client>(journal());
    m_client = client.get();
    connect(m_client, &Client::connectFailed, this, [this] { m_isBusy = false; });
    connect(m_client, &Client::conversationDone, this, [this] { m_isBusy = false; });
    adopt(std::move(client));
}

void SoakClient::connectAndSend(const QString &host, quint16 port, Dice &dice)
{
    ClientSettings settings;
    settings.host = host;
    settings.port = port;
    settings.connectTimeoutMs = int(dice.oneOf({50, 1000}));
    settings.replyTimeoutMs = dice.oneOf({0, 200});
    settings.closeAfterReply = dice.oneIn(2);
    settings.closeWithReset = dice.oneIn(4);
    settings.connection = connectionSettings(dice);
    m_commanded = 0;
    for (qint64 i = dice.upTo(3); i > 0; --i) {
        const QByteArray message = messageOfSize(dice.upTo(200));
        settings.messages += message; // the client keeps them until the next conversation
        m_commanded += message.size() + maxOverhead;
    }
    m_isBusy = true;
    NetworkThread::call(m_client, [settings](Client &end) { end.connectAndSend(settings); });
}

void SoakClient::cancel()
{
    NetworkThread::call(m_client, [](Client &end) { end.cancel(); });
}
