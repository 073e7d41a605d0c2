// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "client.h"

#include "connectattempt.h"
#include "conversationtext.h"
#include "packets/endpoint.h"

#include <QHostInfo>
#include <QTimerEvent>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <utility>

Client::Client(Journal &journal)
    : Conversation(Side::Client, journal)
{
    connect(this, &Conversation::connectionEnded, this, [this](int, bool isByPeer) { done(isByPeer); });
}

Client::~Client() = default;

void Client::timerEvent(QTimerEvent *event)
{
    if (m_connectTimer.hasFired(event))
        connectTimedOut();
    else if (m_replyTimer.hasFired(event))
        replyTimedOut();
    else if (m_silenceTimer.hasFired(event))
        replyEnds();
    else if (m_againTimer.hasFired(event))
        beginConnecting();
    else if (m_roundTimer.hasFired(event) && std::exchange(m_isRoundReplied, false))
        sendRound();
}

void Client::pauseTimers()
{
    for (PausableTimer *timer : {&m_connectTimer, &m_replyTimer, &m_silenceTimer, &m_roundTimer, &m_againTimer})
        timer->setPaused(isPaused(), this);
}

void Client::connectAndSend(const ClientSettings &settings)
{
    if (isConnecting() || m_connection != 0)
        return;
    m_settings = settings;
    beginConnecting();
}

void Client::beginConnecting()
{
    m_endpoint = Endpoint::text(m_settings.host, m_settings.port);
    m_next = m_asked = m_replied = m_turnEnd = 0;
    m_rounds = 0;
    m_hasFailed = false;
    m_nextAddress = 0;
    journal().set(Activity{.phase = Activity::Phase::Connecting, .address = m_endpoint});
    if (m_settings.connectTimeoutMs > 0)
        m_connectTimer.start(m_settings.connectTimeoutMs, this);
    const QHostAddress address(m_settings.host);
    if (address.isNull()) {
        log(StepKind::Connecting, {}, m_endpoint);
        m_lookup = QHostInfo::lookupHost(m_settings.host, this, &Client::lookedUp);
        return;
    }
    tryAddresses({address});
}

void Client::lookedUp(const QHostInfo &info)
{
    if (info.lookupId() != m_lookup)
        return;
    m_lookup = 0;
    if (!info.addresses().isEmpty())
        return tryAddresses(info.addresses());
    log(StepKind::NotFound, {}, m_endpoint, ConversationText::notFound(m_settings.host));
    attemptsFailed();
}

void Client::tryAddresses(const QList<QHostAddress> &addresses)
{
    const auto suits = [this](const QHostAddress &address) {
        const auto isOf = [&address](QAbstractSocket::NetworkLayerProtocol version) {
            return version == QAbstractSocket::AnyIPProtocol || address.protocol() == version;
        };
        return isOf(m_settings.ipVersion) &&
               (m_settings.from.address.isNull() || isOf(m_settings.from.address.protocol()));
    };
    m_addresses.clear();
    std::copy_if(addresses.begin(), addresses.end(), std::back_inserter(m_addresses), suits);
    if (!m_addresses.isEmpty())
        return tryNextAddress();
    log(StepKind::Unreachable, {}, m_endpoint, ConversationText::noSuchAddress(m_settings.host));
    giveUp();
}

void Client::tryNextAddress()
{
    const QHostAddress address = m_addresses.at(m_nextAddress++);
    dropAttempt();
    m_attempt = std::make_unique<ConnectAttempt>(address, m_settings.port, m_settings.from, m_settings.socket);
    connect(m_attempt.get(), &ConnectAttempt::connected, this, &Client::connected);
    connect(m_attempt.get(), &ConnectAttempt::failed, this, &Client::attemptFailed);
    m_attempt->start();
    m_attemptStatus = {.id = m_attemptStatus.id - 1,
                       .after = lastId(),
                       .local = m_attempt->local(),
                       .peer = Endpoint::text(address, m_settings.port),
                       .cookie = m_attempt->cookie(),
                       .progress = {.life = Life::Over},
                       .state = TcpState::SynSent,
                       .outcome = StepKind::Connecting};
    logAttempt(StepKind::Connecting, {});
    journal().set(m_attemptStatus);
}

/// Logs an event of the current attempt.
void Client::logAttempt(StepKind kind, const QString &detail)
{
    log(kind, m_attemptStatus.local, m_attemptStatus.peer, detail);
}

void Client::endAttempt(StepKind outcome)
{
    if (!m_attempt)
        return;
    m_attemptStatus.outcome = outcome;
    m_attemptStatus.state = TcpState::Closed;
    journal().set(m_attemptStatus);
}

void Client::attemptFailed(int error, bool isOfThisEnd)
{
    const QString &endpoint = m_attemptStatus.peer;
    const auto fail = [this](StepKind kind, const QString &detail) {
        logAttempt(kind, detail);
        endAttempt(kind);
    };
    if (isOfThisEnd)
        fail(StepKind::Unreachable,
             ConversationText::localEndUnusable(endpoint, Endpoint::text(m_settings.from), qt_error_string(error)));
    else if (error == ECONNREFUSED)
        fail(StepKind::Refused, ConversationText::refused(endpoint));
    else if (error == ECONNRESET)
        fail(StepKind::ResetByPeer, ConversationText::resetAtOnce(endpoint));
    else if (error == ETIMEDOUT)
        fail(StepKind::TimedOut, ConversationText::connectTimedOut(endpoint, 0));
    else
        fail(StepKind::Unreachable, ConversationText::unreachable(endpoint, qt_error_string(error)));
    if (m_nextAddress == m_addresses.size())
        attemptsFailed();
    else
        tryNextAddress();
}

void Client::connectTimedOut()
{
    endConnecting(StepKind::TimedOut, ConversationText::connectTimedOut(m_endpoint, m_settings.connectTimeoutMs));
    attemptsFailed();
}

void Client::cancel()
{
    if (!isConnecting())
        return;
    endConnecting(StepKind::Cancelled, ConversationText::connectCancelled(m_endpoint));
    giveUp();
}

/// Gives up in the middle of an attempt, or of a lookup.
void Client::endConnecting(StepKind kind, const QString &detail)
{
    if (m_attempt)
        logAttempt(kind, detail);
    else
        log(kind, {}, m_endpoint, detail);
    endAttempt(kind);
}

/// No address has accepted.
void Client::attemptsFailed()
{
    if (m_settings.reconnectMs > 0)
        connectAgainLater();
    else
        giveUp();
}

void Client::connectAgainLater()
{
    stopConnecting();
    m_againTimer.start(m_settings.reconnectMs, this);
    journal().set(
        Activity{.phase = Activity::Phase::Connecting, .address = m_endpoint, .againInMs = m_settings.reconnectMs});
}

void Client::giveUp()
{
    stopConnecting();
    journal().set(Activity{});
    emit connectFailed();
}

void Client::stopConnecting()
{
    m_connectTimer.stop();
    m_againTimer.stop();
    if (m_lookup != 0) {
        s_leavesLookup = true;
        QHostInfo::abortHostLookup(std::exchange(m_lookup, 0));
    }
    dropAttempt();
}

/// Frees the attempt later: it may be emitting its signal.
void Client::dropAttempt()
{
    if (!m_attempt)
        return;
    m_attempt->disconnect(this);
    m_attempt.release()->deleteLater();
}

void Client::connected()
{
    auto socket = m_attempt->takeSocket();
    const QString peer = Endpoint::text(m_addresses.at(m_nextAddress - 1), m_settings.port);
    endAttempt(StepKind::Connected);
    stopConnecting();
    journal().set(Activity{});
    Connection &connection = addConnection(std::move(socket), peer, m_settings.connection);
    m_connection = connection.id();
    connection.open();
    connection.start();
    sendNextMessage();
}

void Client::done(bool isByPeer)
{
    m_connection = 0;
    for (PausableTimer *timer : {&m_replyTimer, &m_silenceTimer, &m_roundTimer})
        timer->stop();
    if (isByPeer && m_settings.reconnectMs > 0 && !isQuitting())
        return connectAgainLater();
    emit conversationDone(!m_hasFailed && m_replied == m_asked && (isLastSent() || m_settings.rounds == 0));
}

#include "moc_client.cpp"
