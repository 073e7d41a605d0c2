// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "server.h"

#include "conversationtext.h"

#include <QNetworkProxy>

namespace {

constexpr int backlog = 4096;  ///< the kernel caps it at net.core.somaxconn
constexpr int resumeMs = 1000; ///< between attempts to accept again
constexpr int countingMs = 200;
constexpr qint64 reserve = 64; ///< descriptors for everything but connections
constexpr qint64 perConnection = 2;

Activity::Failure activityFailure(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::AddressInUseError:
        return Activity::Failure::PortInUse;
    case QAbstractSocket::SocketAccessError:
        return Activity::Failure::PortForbidden;
    case QAbstractSocket::SocketAddressNotAvailableError:
        return Activity::Failure::AddressMissing;
    default:
        return Activity::Failure::Other;
    }
}

} // namespace

/// Listens, but leaves accepting to the server: QTcpServer does not say who the peer was.
class Server::ListeningSocket : public QTcpServer
{
public:
    ListeningSocket()
    {
        setProxy(QNetworkProxy::NoProxy); // a system proxy can make listening fail
        setListenBacklogSize(backlog);
    }

    bool begin(const QHostAddress &address, quint16 port, Server &server)
    {
        if (!listen(address, port))
            return false;
        pauseAccepting();
        m_waiting = std::make_unique<QSocketNotifier>(socketDescriptor(), QSocketNotifier::Read);
        connect(m_waiting.get(), &QSocketNotifier::activated, &server, &Server::accept);
        return true;
    }
    void setAccepting(bool accepting) { m_waiting->setEnabled(accepting); }
    void end()
    {
        m_waiting->setEnabled(false); // before its descriptor is closed
        close();
    }

private:
    std::unique_ptr<QSocketNotifier> m_waiting; ///< signals that a connection waits to be accepted
};

Server::Server(Journal &journal, qint64 descriptorLimit)
    : Conversation(Side::Server, journal)
    , m_resumeTimer(this)
    , m_counting(countingMs)
    , m_maxConnections(size_t(qMax<qint64>(1, (descriptorLimit - reserve) / perConnection)))
{
    m_counting.setParent(this); // it moves to the same thread
    connect(&m_counting, &QTimer::timeout, this, [this] { emit rulesCounted(m_decider.counts()); });
    m_resumeTimer.setInterval(resumeMs);
    connect(&m_resumeTimer, &QTimer::timeout, this, &Server::resumeAccepting);
    connect(this, &Conversation::connectionEnded, this, [this](int id) {
        forgetRules(id);
        resumeAccepting();
        if (id == m_once)
            emit onceDone(m_wasReset);
    });
}

Server::~Server()
{
    releaseSpare();
}

void Server::start(const ServerSettings &settings)
{
    if (m_listener)
        return;
    m_settings = settings;
    setReply(settings.reply, settings.replyDelayMs);
    setReplies(settings.replyMode, settings.rules);
    m_listener = std::make_unique<ListeningSocket>();
    if (!m_listener->begin(settings.address, settings.port, *this)) {
        const QString endpoint = Endpoint::text(settings.address, settings.port);
        const auto error = m_listener->serverError();
        log(StepKind::Error, endpoint, {}, ConversationText::cannotListen(endpoint, error, m_listener->errorString()));
        m_listener.reset();
        journal().set(Activity{.failure = activityFailure(error), .address = endpoint});
        emit listenFailed();
        return;
    }
    m_isPaused = false;
    Descriptor::setNoDelay(int(m_listener->socketDescriptor())); // inherited by accepted connections
    takeSpare();
    const QString endpoint = Endpoint::text(settings.address, m_listener->serverPort());
    log(StepKind::Listening, endpoint, {});
    journal().set(Activity{.phase = Activity::Phase::Listening, .address = endpoint});
}

void Server::stop()
{
    stopListening(openConnections() > 0);
}

void Server::stopListening(bool hasOpenConnections)
{
    if (!m_listener)
        return;
    const QString endpoint = Endpoint::text(m_settings.address, m_listener->serverPort());
    m_resumeTimer.stop();
    releaseSpare();
    m_listener->end();
    m_listener.release()->deleteLater(); // it may be emitting its signal
    log(StepKind::Stopped, endpoint, {},
        hasOpenConnections ? ConversationText::connectionsStayOpen(endpoint) : QString());
    journal().set(Activity{});
}

void Server::setReply(const MessageTemplate &reply, int delayMs)
{
    m_decider.setFixed(reply, delayMs);
}

void Server::setReplies(ReplyMode mode, const QList<ReplyRule> &rules)
{
    m_decider.setMode(mode);
    if (rules != m_decider.rules())
        m_decider.setRules(rules);
    m_counting.ask();
    const auto timed = mode == ReplyMode::Rules ? RuleTimers::timed(rules) : QList<RuleTimers::Timed>();
    if (timed == m_timedRules)
        return;
    m_timedRules = timed;
    for (const int id : openIds()) {
        forgetRules(id);
        watchRules(id);
    }
}

void Server::stopOpening()
{
    stopListening(false);
}

/// Accepts one connection at a time, so that a storm of new ones does not keep open connections waiting.
void Server::accept()
{
    const Descriptor::Accepted accepted = Descriptor::accept(int(m_listener->socketDescriptor()));
    if (accepted.isExhausted)
        pauseAccepting();
    if (accepted.descriptor < 0)
        return;
    const bool isAdmitted = admit(accepted);
    if (isAdmitted && m_settings.once)
        stop();
    else if (!takeSpare() || !hasRoom())
        pauseAccepting();
}

/// Makes a connection of what was accepted, or turns the peer away.
bool Server::admit(const Descriptor::Accepted &accepted)
{
    const QString peer = Endpoint::text(accepted.peer, accepted.port);
    auto socket = std::make_unique<QTcpSocket>();
    socket->setProxy(QNetworkProxy::NoProxy);
    if (!socket->setSocketDescriptor(accepted.descriptor)) {
        log(StepKind::ResetByPeer, Descriptor::localEnd(accepted.descriptor), peer,
            ConversationText::goneBeforeAccepted(peer));
        Descriptor::close(accepted.descriptor);
        return false;
    }
    if (!isAllowed(accepted.peer)) {
        log(StepKind::TurnedAway, Descriptor::localEnd(accepted.descriptor), peer, ConversationText::turnedAway(peer));
        Descriptor::resetOnClose(accepted.descriptor);
        return false;
    }
    Connection &connection = addConnection(std::move(socket), peer, m_settings.connection);
    if (m_settings.once) {
        m_once = connection.id();
        m_wasReset = false;
    }
    if (!connection.open()) {
        releaseSpare();
        connection.open();
    }
    const int id = connection.id();
    connection.start();
    watchRules(id);
    answer(id, m_decider.answerAccept(), StepTime::now().monotonicUs);
    return true;
}

void Server::connectionReceived(Connection &connection, QByteArrayView payload, qint64 monotonicUs)
{
    const int id = connection.id();
    if (const auto timers = m_ruleTimers.find(id); timers != m_ruleTimers.end())
        timers->second->messageCame();
    const bool isSeen = m_decider.mode() == ReplyMode::Rules || m_decider.mode() == ReplyMode::Echo;
    answer(id, m_decider.answer(isSeen ? payload.toByteArray() : QByteArray()), monotonicUs);
}

/// Does what was decided about a message or an event of a connection, which may have ended.
void Server::answer(int connection, const ReplyDecider::Decision &decision, qint64 monotonicUs)
{
    if (m_decider.mode() == ReplyMode::Rules)
        m_counting.ask();
    for (const QString &note : decision.notes) {
        if (Connection *open = find(connection))
            open->note(note);
    }
    if (!decision.reply)
        return;
    const bool isToAll = decision.reply->to == ReplyRule::To::All;
    const QList<int> ids = isToAll ? openIds() : QList{connection};
    for (const int id : ids) {
        Connection *open = find(id);
        if (open && id != connection && open->isSendingFull())
            open->skipReply();
        else if (open)
            open->reply(*decision.reply, monotonicUs);
    }
}

/// Starts the timers that rules need.
void Server::watchRules(int connection)
{
    const Connection *open = find(connection);
    if (!open || m_timedRules.isEmpty())
        return;
    auto &timers = m_ruleTimers[connection];
    timers = std::make_unique<RuleTimers>(*open, journal(), m_timedRules);
    connect(timers.get(), &RuleTimers::due, this, [this, connection](int rule) {
        answer(connection, m_decider.answerTimer(rule), StepTime::now().monotonicUs);
    });
    timers->setPaused(isPaused());
}

void Server::forgetRules(int connection)
{
    if (auto timers = m_ruleTimers.extract(connection)) {
        timers.mapped()->stop();
        timers.mapped().release()->deleteLater(); // it may be on the call stack
    }
}

void Server::pauseTimers()
{
    for (const auto &[id, timers] : m_ruleTimers)
        timers->setPaused(isPaused());
}

void Server::connectionFailed()
{
    m_wasReset = true;
}

bool Server::takeSpare()
{
    if (m_spare < 0 && m_listener)
        m_spare = Descriptor::duplicate(m_listener->socketDescriptor());
    return m_spare >= 0;
}

void Server::releaseSpare()
{
    if (m_spare >= 0)
        Descriptor::close(std::exchange(m_spare, -1));
}

bool Server::isAllowed(const QHostAddress &peer) const
{
    const QHostAddress address = Endpoint::unmapped(peer);
    return m_settings.allowed.isEmpty() ||
           std::any_of(m_settings.allowed.begin(), m_settings.allowed.end(),
                       [&address](const Subnet &subnet) { return address.isInSubnet(subnet); });
}

bool Server::hasRoom() const
{
    return openConnections() < m_maxConnections;
}

void Server::pauseAccepting()
{
    if (!m_listener)
        return;
    m_listener->setAccepting(false);
    m_resumeTimer.start();
    if (!std::exchange(m_isPaused, true))
        log(StepKind::AcceptPaused, Endpoint::text(m_settings.address, m_listener->serverPort()), {},
            ConversationText::acceptPaused());
}

void Server::resumeAccepting()
{
    if (!m_isPaused || !m_listener || !hasRoom() || !takeSpare())
        return;
    m_isPaused = false;
    m_resumeTimer.stop();
    log(StepKind::AcceptResumed, Endpoint::text(m_settings.address, m_listener->serverPort()), {});
    m_listener->setAccepting(true);
}

#include "moc_server.cpp"
