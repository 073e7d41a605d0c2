// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "linkevent.h"
#include "linkqueue.h"
#include "linkrecorder.h"
#include "tundevice.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

/// Carries every packet between the two devices, as the rules say or as a hand does. It always reads, also while it
/// holds: packets wait in its own queue, not in those of the devices. Only TCP segments and ICMP errors are counted,
/// held, and reported; others pass. Lives on a thread with sockets; does not own the devices.
class LinkCarrier : public QObject
{
    Q_OBJECT
public:
    LinkCarrier(TunDevice &client, TunDevice &server, QObject *parent = nullptr);
    ~LinkCarrier() override;

    void setRules(const QList<LinkRule> &rules); ///< what they do not hold is released
    const QList<LinkRule> &rules() const { return m_decider.rules(); }
    bool isHolding() const { return m_decider.holds(Side::Client) || m_decider.holds(Side::Server); }
    size_t heldCount() const { return m_queue.heldCount(); }

    // By hand, with any packet that is on its way. False: it is not, or not any longer.
    bool deliver(quint64 id);
    bool lose(quint64 id);
    bool duplicate(quint64 id); ///< a copy waits behind it
    bool delay(quint64 id, LinkTime by);

    void loseNext(Side from, SegmentKind kind); ///< as LinkDecider
    QStringList losingNext() const { return m_decider.losingNext(); }
    bool deliverFirst(); ///< the held packet that is first in the queue; false: none is held
    bool loseFirst();
    void deliverAll(); ///< what is held; later packets are held again
    void release();    ///< what is held, with the rest of its delay; nothing is held any longer

    static LinkTime now(); ///< on the clock of the queue

    /// Of all that departs or arrives; not owned. It also knows the times better. Null: none.
    void setRecorder(LinkRecorder *recorder) { m_recorder = recorder; }

signals:
    void happened(const LinkEvent &event);
    void stateChanged();           ///< rules(), isHolding(), heldCount() or losingNext()
    void dropped(quint64 packets); ///< by the kernel, at the devices
    void recordingFailed();        ///< the recorder writes no more

private:
    /// isHolding(), heldCount(), and the number of losingNext().
    using State = std::tuple<bool, size_t, qsizetype>;

    State state() const;
    void readFrom(Side from);
    void takeAll(Side from);
    void take(Side from, QByteArray packet);
    void enqueue(const LinkPacket &packet, const LinkFate &fate, QByteArray bytes);
    void deliverDue();
    void arrive(const LinkEntry &entry);
    void lose(const LinkEntry &entry, LinkLoss loss);
    void update();
    void watchDrops();
    qint64 epochNs(LinkTime time) const;
    TunDevice &deviceAt(Side end) { return *m_devices.at(size_t(end)); }

    std::array<TunDevice *, 2> m_devices;
    const int m_timer; ///< a timerfd: the timers of Qt count milliseconds
    LinkTime m_epoch;  ///< what to add to now() for the time of day
    QSocketNotifier m_clientReadable;
    QSocketNotifier m_serverReadable;
    QSocketNotifier m_timerReadable;
    QTimer m_dropTimer;
    SegmentCounter m_counter;
    LinkDecider m_decider;
    LinkQueue m_queue;
    LinkRecorder *m_recorder = nullptr;
    quint64 m_lastId = 0;
    quint64 m_drops;
    State m_state; ///< that stateChanged() has announced
};
