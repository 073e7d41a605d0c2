// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "weatherrun.h"

#include "link/linkdice.h"
#include "link/linkrules.h"
#include "support/privatenetwork.h"

#include <QCryptographicHash>

#include <chrono>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr quint16 serverPort = 8700;
constexpr auto sampleInterval = 5ms;
constexpr auto quietTime = 20ms; ///< without an event, after which nothing more is expected

qint64 nowUs()
{
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// Bytes that do not repeat, so that none is taken for another.
QByteArray randomBytes(quint64 seed, qsizetype size)
{
    QByteArray bytes;
    bytes.reserve(size + qsizetype(sizeof seed));
    for (quint64 i = 0; bytes.size() < size; ++i) {
        const quint64 word = LinkDice::number(seed, {i});
        bytes.append(reinterpret_cast<const char *>(&word), sizeof word);
    }
    bytes.truncate(size);
    return bytes;
}

QByteArray hashOf(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

bool isGone(TcpState state)
{
    return state == TcpState::Closed || state == TcpState::TimeWait;
}

} // namespace

WeatherRun::WeatherRun(const Weather &weather, qsizetype bytes, int limitMs)
    : m_weather(weather)
{
    for (const Side side : bothSides) {
        end(side).message = randomBytes(weather.seed + quint64(side), bytes);
        m_record.captures.at(size_t(side)) = m_folder.filePath(LinkNetwork::deviceName(side) + u".pcap"_s);
        end(side).journal.setKeptBytes(bytes);
        connect(
            &end(side).journal, &Journal::filled, this, [this, side] { take(side); }, Qt::QueuedConnection);
    }
    m_sampleTimer.setInterval(sampleInterval);
    m_sampleTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_sampleTimer, &QTimer::timeout, this, [this] {
        sample();
        endWhenQuiet();
    });
    m_limitTimer.setInterval(limitMs);
    m_limitTimer.setSingleShot(true);
    connect(&m_limitTimer, &QTimer::timeout, this,
            [this] { fail(u"the conversation has not ended after %1 s"_s.arg(m_limitTimer.interval() / 1000)); });
}

WeatherRun::~WeatherRun()
{
    for (End &end : m_ends)
        end.capture.reset();
    m_client.reset();
    m_server.reset();
    m_carrier.reset();
}

void WeatherRun::start()
{
    m_limitTimer.start();
    if (!PrivateNetwork::enter()) {
        m_record.obstacle = u"this system forbids a private network"_s;
        emit finished();
        return;
    }
    m_network = std::make_unique<LinkNetwork>();
    connect(m_network.get(), &LinkNetwork::ready, this, &WeatherRun::carry);
    connect(m_network.get(), &LinkNetwork::failed, this, [this](const QString &sentence) {
        m_record.obstacle = sentence;
        emit finished();
    });
    m_network->setUp();
}

void WeatherRun::carry()
{
    const auto read = LinkRules::read(m_weather.rules);
    if (!read.error.isEmpty())
        return fail(read.error);
    m_carrier = std::make_unique<LinkCarrier>(*m_network->device(Side::Client), *m_network->device(Side::Server));
    connect(m_carrier.get(), &LinkCarrier::happened, this, &WeatherRun::note);
    connect(m_carrier.get(), &LinkCarrier::dropped, this,
            [this](quint64 packets) { fail(u"the kernel dropped %1 packets"_s.arg(packets)); });
    m_carrier->setRules(read.rules);
    m_kernel = std::make_unique<KernelState>();
    if (m_kernel->availability() != KernelState::Availability::Available) {
        m_record.obstacle = u"this system does not tell the state of TCP connections through sock_diag"_s;
        emit finished();
        return;
    }
    for (const Side side : bothSides)
        startCapture(side);
}

void WeatherRun::startCapture(Side side)
{
    End &at = end(side);
    at.capture = std::make_unique<Capture>();
    connect(at.capture.get(), &Capture::filled, this, [&at] { at.capture->take(); });
    connect(at.capture.get(), &Capture::started, this, [this, &at] {
        at.isCapturing = true;
        if (m_ends[0].isCapturing && m_ends[1].isCapturing)
            listen();
    });
    connect(at.capture.get(), &Capture::failed, this, [this](const CaptureProblem &problem) {
        m_record.obstacle = u"cannot capture: "_s + problem.reason;
        emit finished();
    });
    connect(at.capture.get(), &Capture::dropped, this, [this] { fail(u"the capture dropped packets"_s); });
    connect(at.capture.get(), &Capture::finished, this, [this, &at] {
        at.isCapturing = false;
        if (!m_ends[0].isCapturing && !m_ends[1].isCapturing)
            emit finished();
    });
    at.capture->start({.interface = LinkNetwork::deviceName(side),
                       .port = serverPort,
                       .file = m_record.captures.at(size_t(side)),
                       .ways = CaptureRequest::Libpcap});
}

ConnectionSettings WeatherRun::connectionSettings() const
{
    return {.framing = Framing::lengthPrefix({.width = 4}), .closeDelayMs = m_weather.closeDelayMs};
}

void WeatherRun::listen()
{
    ServerSettings settings;
    settings.address = QHostAddress(LinkNetwork::address(Side::Server, m_weather.ipVersion));
    settings.port = serverPort;
    settings.reply = {};
    settings.connection = connectionSettings();
    if (m_weather.closing == Weather::Closing::HalfClose)
        settings.connection.closeDelayMs = ConnectionSettings::never;
    m_server = std::make_unique<Server>(end(Side::Server).journal);
    m_server->start(settings);
}

void WeatherRun::connectToServer()
{
    ClientSettings settings;
    settings.host = LinkNetwork::address(Side::Server, m_weather.ipVersion);
    settings.port = serverPort;
    settings.messages = {end(Side::Client).message};
    settings.connectTimeoutMs = 0;
    settings.finishSending = m_weather.closing == Weather::Closing::HalfClose;
    settings.connection = connectionSettings();
    m_client = std::make_unique<Client>(end(Side::Client).journal);
    m_sinceConnect.start();
    m_sampleTimer.start();
    m_client->connectAndSend(settings);
}

void WeatherRun::take(Side side)
{
    const Journal::Batch batch = end(side).journal.take();
    if (side == Side::Server && !m_client && batch.activity.phase == Activity::Phase::Listening)
        connectToServer();
    for (const Step &step : batch.steps) {
        if (step.kind == StepKind::Connected && side == Side::Server)
            m_server->send(step.connection, end(side).message);
        else if (step.kind == StepKind::Recv)
            takeReceived(side, step);
        else if (step.kind == StepKind::ResetByPeer || step.kind == StepKind::TimedOut ||
                 step.kind == StepKind::Undelivered || step.kind == StepKind::Error)
            fail(u"the %1 says: %2"_s.arg(sideWords.at(size_t(side)), step.detail));
    }
}

void WeatherRun::takeReceived(Side side, const Step &step)
{
    if (hashOf(step.payload) != hashOf(end(otherEnd(side)).message))
        return fail(u"the %1 has received other bytes than were sent"_s.arg(sideWords.at(size_t(side))));
    end(side).hasReceived = true;
    if (end(Side::Client).hasReceived && end(Side::Server).hasReceived)
        close();
}

void WeatherRun::close()
{
    using enum Weather::Closing;
    m_isClosing = true;
    if (m_weather.closing == Client || m_weather.closing == Both)
        m_client->close(1);
    if (m_weather.closing != Client)
        m_server->close(1);
}

void WeatherRun::note(const LinkEvent &event)
{
    const Segment &segment = event.packet.segment;
    const bool isDeparture = event.kind == LinkEvent::Kind::Departed;
    if (isDeparture && !m_pair && event.packet.from == Side::Client)
        m_pair = SocketPair{.local = segment.source, .peer = segment.destination};
    m_onTheWay += isDeparture || event.kind == LinkEvent::Kind::Copied ? 1 : -1;
    m_record.events.push_back(event);
    m_sinceEvent.start();
    const bool isOfInterest = m_isClosing || (segment.flags & (Segment::Syn | Segment::Fin)) != 0;
    if (!isOfInterest)
        return;
    sample();
    QTimer::singleShot(0, this, &WeatherRun::sample); // it has not arrived yet
}

void WeatherRun::sample()
{
    if (!m_pair || m_isOver)
        return;
    StateSample sample{.beforeUs = nowUs()};
    const auto client = m_kernel->ask(*m_pair);
    const auto server = m_kernel->ask(m_pair->swapped());
    sample.afterUs = nowUs();
    if (!client || !server)
        return fail(u"the kernel does not tell the states"_s);
    sample.states = {client->state, server->state};
    m_record.samples.push_back(sample);
}

void WeatherRun::endWhenQuiet()
{
    // An answer may wait in a device, and a kernel may still be busy with what has arrived.
    if (!m_isClosing || m_isOver || m_onTheWay > 0 || !m_sinceEvent.hasExpired(quietTime.count()))
        return;
    const auto &states = m_record.samples.back().states;
    if (!isGone(states[0]) || !isGone(states[1]))
        return;
    m_record.ms = m_sinceConnect.elapsed();
    stopCaptures();
}

void WeatherRun::stopCaptures()
{
    m_isOver = true;
    m_sampleTimer.stop();
    m_limitTimer.stop();
    for (End &end : m_ends)
        end.capture->stop();
}

void WeatherRun::fail(const QString &sentence)
{
    if (m_isOver)
        return;
    m_isOver = true;
    m_sampleTimer.stop();
    m_limitTimer.stop();
    m_record.problem = sentence;
    emit finished();
}

#include "moc_weatherrun.cpp"
