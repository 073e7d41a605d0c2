// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linkcarrier.h"

#include "linknetwork.h"

#include <sys/timerfd.h>
#include <unistd.h>

#include <utility>

using namespace std::chrono_literals;

namespace {

constexpr int packetsInATurn = 256; ///< of one device, before the event loop turns
constexpr auto dropInterval = 500ms;

template<typename Clock>
LinkTime timeOf(Clock clock)
{
    return std::chrono::duration_cast<LinkTime>(clock.time_since_epoch());
}

} // namespace

LinkCarrier::LinkCarrier(TunDevice &client, TunDevice &server, QObject *parent)
    : QObject(parent)
    , m_devices{&client, &server}
    , m_timer(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC))
    , m_epoch(timeOf(std::chrono::system_clock::now()) - now())
    , m_clientReadable(client.descriptor(), QSocketNotifier::Read)
    , m_serverReadable(server.descriptor(), QSocketNotifier::Read)
    , m_timerReadable(m_timer, QSocketNotifier::Read)
    , m_drops(LinkNetwork::drops())
{
    connect(&m_clientReadable, &QSocketNotifier::activated, this, [this] { readFrom(Side::Client); });
    connect(&m_serverReadable, &QSocketNotifier::activated, this, [this] { readFrom(Side::Server); });
    connect(&m_timerReadable, &QSocketNotifier::activated, this, [this] {
        quint64 count = 0;
        [[maybe_unused]] const ssize_t size = ::read(m_timer, &count, sizeof count);
        update();
    });
    m_dropTimer.setSingleShot(true);
    m_dropTimer.setInterval(dropInterval);
    connect(&m_dropTimer, &QTimer::timeout, this, &LinkCarrier::watchDrops);
}

LinkCarrier::~LinkCarrier()
{
    m_timerReadable.setEnabled(false);
    close(m_timer);
}

LinkTime LinkCarrier::now()
{
    return timeOf(std::chrono::steady_clock::now()); // CLOCK_MONOTONIC, as the timer's
}

void LinkCarrier::setRules(const QList<LinkRule> &rules)
{
    m_decider.setRules(rules);
    for (const Side end : bothSides) {
        if (!m_decider.holds(end))
            m_queue.release(end);
    }
    m_state = state();
    update();
    emit stateChanged();
}

LinkCarrier::State LinkCarrier::state() const
{
    return {isHolding(), heldCount(), losingNext().size()};
}

void LinkCarrier::loseNext(Side from, SegmentKind kind)
{
    m_decider.loseNext(from, kind);
    update();
}

bool LinkCarrier::deliver(quint64 id)
{
    const bool isDone = m_queue.deliver(id, now());
    update();
    return isDone;
}

bool LinkCarrier::lose(quint64 id)
{
    const auto entry = m_queue.take(id);
    if (entry)
        lose(*entry, LinkLoss::Hand);
    update();
    return entry.has_value();
}

bool LinkCarrier::duplicate(quint64 id)
{
    if (!m_queue.duplicate(id, m_lastId + 1))
        return false;
    emit happened({.kind = LinkEvent::Kind::Copied, .id = ++m_lastId, .copyOf = id, .timeNs = epochNs(now())});
    update();
    return true;
}

bool LinkCarrier::delay(quint64 id, LinkTime by)
{
    const bool isDone = m_queue.delay(id, by, now());
    update();
    return isDone;
}

bool LinkCarrier::deliverFirst()
{
    const auto id = m_queue.firstHeld();
    return id && deliver(*id);
}

bool LinkCarrier::loseFirst()
{
    const auto id = m_queue.firstHeld();
    return id && lose(*id);
}

void LinkCarrier::deliverAll()
{
    m_queue.deliverHeld(now());
    update();
}

void LinkCarrier::release()
{
    m_decider.stopHolding();
    for (const Side end : bothSides)
        m_queue.release(end);
    update();
}

void LinkCarrier::readFrom(Side from)
{
    takeAll(from);
    update();
    if (!m_dropTimer.isActive())
        m_dropTimer.start();
}

/// What this end has sent; the rest in the next turn.
void LinkCarrier::takeAll(Side from)
{
    for (int i = 0; i < packetsInATurn; ++i) {
        QByteArray packet = deviceAt(from).read();
        if (packet.isEmpty())
            return;
        take(from, std::move(packet));
    }
}

void LinkCarrier::take(Side from, QByteArray packet)
{
    const LinkTime departure = now();
    const auto read = LinkPacket::read(from, packet, m_counter);
    if (!read) {
        m_queue.add({.from = from, .packet = std::move(packet), .due = departure, .isCounted = false});
        return;
    }
    const LinkFate fate = m_decider.decide(*read, departure);
    LinkEvent event{.id = ++m_lastId, .timeNs = epochNs(departure), .packet = *read};
    event.isHeld = fate.isHeld;
    event.isCorrupted = fate.corruptedBit.has_value();
    event.loss = fate.loss;
    if (m_recorder) {
        const auto place = m_recorder->sent(from, packet, event.timeNs);
        event.timeNs = place.timeNs;
        event.frame = place.frame;
    }
    emit happened(event);
    enqueue(*read, fate, std::move(packet));
}

void LinkCarrier::enqueue(const LinkPacket &packet, const LinkFate &fate, QByteArray bytes)
{
    if (fate.corruptedBit)
        bytes.data()[*fate.corruptedBit / 8] ^= char(0x80 >> (*fate.corruptedBit % 8));
    LinkEntry entry{.id = m_lastId, .from = packet.from, .packet = bytes, .due = fate.due, .isHeld = fate.isHeld};
    if (fate.loss != LinkLoss::None) {
        lose(entry, fate.loss);
        return;
    }
    m_queue.add(entry);
    const quint64 id = entry.id;
    for (int i = 0; i < fate.copies; ++i) {
        entry.id = ++m_lastId;
        emit happened({.kind = LinkEvent::Kind::Copied, .id = entry.id, .copyOf = id, .timeNs = epochNs(now())});
        m_queue.add(entry);
    }
}

void LinkCarrier::deliverDue()
{
    while (const auto entry = m_queue.takeDue(now())) {
        if (m_recorder && m_recorder->isRecording())
            takeAll(otherEnd(entry->from)); // what it sends because of this packet is behind it
        if (!deviceAt(otherEnd(entry->from)).write(entry->packet))
            emit dropped(1);
        if (entry->isCounted)
            arrive(*entry);
    }
}

/// The packet was written to the device.
void LinkCarrier::arrive(const LinkEntry &entry)
{
    LinkEvent event{.kind = LinkEvent::Kind::Arrived, .id = entry.id, .timeNs = epochNs(now())};
    if (m_recorder) {
        const auto place = m_recorder->arrived(otherEnd(entry.from), entry.packet, event.timeNs);
        event.timeNs = place.timeNs;
        event.frame = place.frame;
    }
    emit happened(event);
}

void LinkCarrier::lose(const LinkEntry &entry, LinkLoss loss)
{
    emit happened({.kind = LinkEvent::Kind::Lost, .id = entry.id, .timeNs = epochNs(now()), .loss = loss});
}

/// Delivers what is due, lets others read what was recorded, sets the timer for what comes next, and announces a new
/// state.
void LinkCarrier::update()
{
    deliverDue();
    if (m_recorder && !m_recorder->flush())
        emit recordingFailed();
    itimerspec when{};
    if (const auto next = m_queue.nextDue()) {
        when.it_value.tv_sec = time_t(next->count() / std::nano::den);
        when.it_value.tv_nsec = long(next->count() % std::nano::den);
    }
    timerfd_settime(m_timer, TFD_TIMER_ABSTIME, &when, nullptr);
    const auto state = this->state();
    if (std::exchange(m_state, state) != state)
        emit stateChanged();
}

void LinkCarrier::watchDrops()
{
    const quint64 drops = LinkNetwork::drops();
    const quint64 before = std::exchange(m_drops, drops);
    if (drops > before)
        emit dropped(drops - before);
}

qint64 LinkCarrier::epochNs(LinkTime time) const
{
    return (m_epoch + time).count();
}

#include "moc_linkcarrier.cpp"
