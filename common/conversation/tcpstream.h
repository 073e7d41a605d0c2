// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "descriptor.h"
#include "steps/step.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTcpSocket>

#include <memory>

/// The bytes of one TCP connection, either end: a connected QTcpSocket and a duplicate of its descriptor, which keeps
/// the kernel's connection alive when QTcpSocket closes its own at end-of-file; sending goes on through the duplicate then.
/// Owns both. Lives on the network thread. CONTRIBUTING.md, "Traps of Qt", says why the calls are as they are.
class TcpStream : public QObject
{
    Q_OBJECT
public:
    /// TimedOut: no acknowledgement came for too long, whatever the network said of it meanwhile.
    enum class Failure { ResetByPeer, TimedOut };

    /// Who is told what happens. An interface and not signals: making and unmaking those was a twentieth of what a connection with one
    /// message costs. May close() and reset() the stream meanwhile, and not delete it.
    class User
    {
    public:
        virtual void streamReceived(const QByteArray &bytes, const StepTime &time) = 0;
        virtual void streamSent(qint64 bytes, const StepTime &time) = 0; ///< so many more are in the kernel's hands
        virtual void streamPeerFinished(const StepTime &time) = 0; ///< end-of-file: all that the peer sent was received
        /// It is over; what came before has been received. close() frees it.
        virtual void streamFailed(Failure failure, const StepTime &time) = 0;

    protected:
        ~User() = default;
        Q_DISABLE_COPY_MOVE(User)
        User() = default;
    };

    /// socket is connected; connecting: this end sent the SYN. Whoever accepts has set TCP_NODELAY on what listens.
    TcpStream(std::unique_ptr<QTcpSocket> socket, bool connecting, User &user);
    ~TcpStream() override;

    /// Makes the duplicate. False: no descriptor is left; to be tried again, or given up.
    bool open();
    bool isOpen() const { return m_duplicate >= 0; }
    bool peerFinished() const { return m_peerFinished; }
    std::optional<Descriptor::Info> info() const { return Descriptor::info(m_duplicate); }
    qint64 notSentBytes(const Descriptor::Info &info) const;    ///< that the kernel has, and that have not left
    bool isFinAcknowledged(const Descriptor::Info &info) const; ///< this end's
    quint64 cookie() const { return m_cookie; }                 ///< Descriptor::cookie()

    qint64 unsentBytes() const { return m_outgoing.size() - m_start; } ///< written, and not yet handed to the kernel
    qint64 unacknowledgedBytes() const; ///< unsent, or sent and not acknowledged by the peer's TCP

    /// What the peer has yet to acknowledge, so that it can be watched after close().
    struct Remainder {
        quint64 cookie = 0;
        quint64 acknowledged = 0; ///< Descriptor::Info::bytesAcked
        qint64 bytes = 0;         ///< unacknowledgedBytes() at the same moment
        qint64 notSent = 0;       ///< of them, those that the kernel has and that have not left
        bool finWaits = false;    ///< FIN will have to wait for them, or for room at the peer
    };
    Remainder remainder() const;

    void setUserTimeout(int ms);         ///< TCP_USER_TIMEOUT; 0: the system's
    void write(const QByteArray &bytes); ///< after what was written before; kept until the kernel has it
    /// Hands over now what was written, without waiting for a turn of the event loop; may find out that it is over. For the end of
    /// what a signal of this stream, or a command, set off.
    void flush();
    /// Leaves what comes in the kernel, so that the peer feels it, once 1 MiB has been read: waiting bytes of them were handed on
    /// and wait there.
    void setPaused(bool paused, qint64 waiting = 0);
    void finishSending(); ///< hands FIN to the kernel, behind all that it has; only when unsentBytes() is 0
    void readArrived();   ///< reads what the kernel holds now, whatever setPaused() said: for just before a close
    /// Hands FIN to the kernel, unsent bytes are dropped. Returns received bytes left unread: if any, RST went out instead.
    qint64 close();
    qint64 reset(); ///< RST now, unsent bytes are dropped. Returns received bytes left unread

private:
    void readSocket();
    void readSocketNow();
    bool readPieceOfSocket(qint64 atMost);
    void readDuplicate(qint64 atMost, Failure failure);
    bool hasEndedWithoutFin(const Descriptor::Info &info) const;
    void socketClosed();
    void feedSocket();
    void socketWrote(qint64 bytes);
    void sendThroughDuplicate();
    void confirm(qint64 bytes);
    void watchDuplicate();
    void duplicateAlarm();
    void fail(Failure failure);
    void dropSocket();
    void release();
    qint64 unacknowledgedBytes(const std::optional<Descriptor::Info> &info) const;
    qint64 acknowledgedBytes(const Descriptor::Info &info) const; ///< of the stream; FIN's counts as one more

    User &m_user;
    std::unique_ptr<QTcpSocket> m_socket; ///< none after its end-of-file
    int m_duplicate = -1;
    quint64 m_cookie = 0;
    std::unique_ptr<QSocketNotifier> m_writable; ///< of the duplicate, while it sends
    std::unique_ptr<QSocketNotifier> m_alarm;    ///< of the duplicate: a reset while nobody reads
    QByteArray m_outgoing;                       ///< from m_start on: not yet confirmed by the kernel
    qsizetype m_start = 0;
    qsizetype m_inSocket = 0; ///< bytes of it that QTcpSocket has
    qint64 m_handed = 0;      ///< to the kernel, ever
    qint64 m_read = 0;
    std::optional<Descriptor::Info> m_atEnd; ///< what the kernel said when QTcpSocket had closed itself
    bool m_connecting;
    bool m_confirming = false; ///< inside QTcpSocket's bytesWritten(): another would be suppressed
    bool m_paused = false;
    bool m_peerFinished = false;
    bool m_hasFin = false; ///< finishSending() was called: the kernel has FIN
    bool m_failed = false;
};
