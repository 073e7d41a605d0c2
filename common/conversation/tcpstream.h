// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/bytequeue.h"
#include "sentbytes.h"
#include "steps/step.h"
#include "streamfailure.h"

#include <QBasicTimer>
#include <QObject>
#include <QSocketNotifier>
#include <QTcpSocket>

#include <memory>

/// The bytes of one TCP connection, at either end. Owns a connected QTcpSocket and a duplicate of its descriptor:
/// QTcpSocket closes its own descriptor at end-of-file, and the duplicate keeps the kernel's connection open, so that
/// sending can continue. Lives on the network thread. CONTRIBUTING.md, "Traps of Qt", gives the reasons for the order
/// of the calls.
class TcpStream : public QObject
{
    Q_OBJECT
public:
    /// Callbacks. An interface instead of signals: connecting and disconnecting those took a twentieth of the time of a
    /// connection with one message. May close() and reset() the stream, but must not delete it.
    class Listener
    {
    public:
        virtual void streamReceived(const QByteArray &bytes, const StepTime &time) = 0;
        virtual void streamSent(qint64 bytes, const StepTime &time) = 0; ///< the kernel has so many more bytes
        virtual void streamPeerFinished(const StepTime &time) = 0;       ///< end-of-file, after all that the peer sent
        /// The connection is over. All that came before has been received. Call close().
        virtual void streamFailed(StreamFailure failure, const StepTime &time) = 0;

    protected:
        ~Listener() = default;
        Q_DISABLE_COPY_MOVE(Listener)
        Listener() = default;
    };

    /// socket is connected. isConnecting: this end sent the SYN.
    TcpStream(std::unique_ptr<QTcpSocket> socket, bool isConnecting, Listener &listener);
    ~TcpStream() override;

    /// Makes the duplicate. False: no descriptor is left; can be called again.
    bool open();
    bool isOpen() const { return m_duplicate >= 0; }
    std::optional<Descriptor::Info> info() const { return Descriptor::info(m_duplicate); }
    /// Bytes that the kernel has and that have not left.
    qint64 notSentBytes(const Descriptor::Info &info) const { return m_sent.notSent(info); }
    /// This end's FIN.
    bool isFinAcknowledged(const Descriptor::Info &info) const { return m_sent.isFinAcknowledged(info); }
    quint64 cookie() const { return m_cookie; } ///< Descriptor::cookie()

    qint64 unsentBytes() const { return m_outgoing.size(); } ///< written, but not handed to the kernel yet
    qint64 unacknowledgedBytes() const
    {
        return unacknowledgedBytes(info());
    } ///< unsent, or sent and not acknowledged by the peer's TCP

    /// What the peer has not acknowledged yet, so that it can be watched after close().
    struct Remainder {
        quint64 cookie = 0;
        quint64 acknowledged = 0; ///< Descriptor::Info::bytesAcked
        qint64 bytes = 0;         ///< unacknowledgedBytes() at the same moment
        qint64 notSent = 0;       ///< of these, bytes that the kernel has and that have not left
        bool finWaits = false;    ///< FIN will wait for these bytes, or for room at the peer
    };
    Remainder remainder() const;

    void setUserTimeout(int ms) { Descriptor::setUserTimeout(m_duplicate, ms); } ///< TCP_USER_TIMEOUT; 0: the system's
    void write(const QByteArray &bytes);                                         ///< kept until the kernel has it
    /// Hands over at once what was written, instead of in the next turn of the event loop; may find that the
    /// connection is over. Call it when a callback, or a command, is done.
    void flush();
    /// Whether bytes are passed on as they come. Ahead passes nothing on, and reads until 1 MiB is buffered; Off leaves
    /// everything in the kernel, FIN too. In both, the receive window slows the peer down. Off is not set in
    /// streamReceived(), after which QTcpSocket would read on.
    enum class Reading : quint8 { On, Ahead, Off };
    /// RST is noticed in any case. waitingBytes: of the 1 MiB, bytes that the listener has received and buffers itself.
    void setReading(Reading reading, qint64 waitingBytes = 0);
    void finishSending(); ///< hands FIN to the kernel, behind everything else; only when unsentBytes() is 0
    void readBuffered();  ///< passes on what was read from the kernel, even while reading is not On
    void readArrived();   ///< the same, and what the kernel holds now; for just before a close
    qint64 unreadBytes() const { return Descriptor::unreadBytes(m_duplicate); } ///< that the kernel holds
    /// Hands FIN to the kernel and drops unsent bytes. Returns the received bytes left unread: if any, RST went out
    /// instead.
    qint64 close();
    qint64 reset(); ///< sends RST and drops unsent bytes. Returns the received bytes left unread

private:
    void timerEvent(QTimerEvent *event) override;

    static constexpr qsizetype compactAt = 1024 * 1024;
    static constexpr qint64 readLimit = 1024 * 1024; ///< bytes read and not framed yet
    static constexpr qint64 readPiece = 512 * 1024;  ///< of these, bytes that were passed on and may have to wait there

    void switchNotifier();
    void readSocket();
    bool readPieceOfSocket(qint64 maxBytes);
    void readDuplicate(qint64 maxBytes, StreamFailure failure);
    bool hasEndedWithoutFin(const Descriptor::Info &info) const;
    void socketClosed();
    void feedSocket();
    void socketWrote(qint64 bytes);
    void sendThroughDuplicate();
    void confirm(qint64 bytes);
    void watchDuplicate();
    void duplicateAlarm();
    void fail(StreamFailure failure);
    void dropSocket();
    void release();
    qint64 unacknowledgedBytes(const std::optional<Descriptor::Info> &info) const;

    Listener &m_listener;
    std::unique_ptr<QTcpSocket> m_socket; ///< null after end-of-file
    int m_duplicate = -1;
    quint64 m_cookie = 0;
    std::unique_ptr<QSocketNotifier> m_writable; ///< of the duplicate, while that sends
    std::unique_ptr<QSocketNotifier> m_alarm;    ///< of the duplicate: a reset while nothing is read
    QBasicTimer m_alarmTimer;                    ///< until the alarm is on again
    ByteQueue m_outgoing{compactAt};             ///< not yet confirmed by the kernel
    qsizetype m_inSocket = 0;                    ///< of these, bytes that QTcpSocket has
    SentBytes m_sent;
    qint64 m_read = 0;                       ///< bytes ever read
    std::optional<Descriptor::Info> m_atEnd; ///< from the time when QTcpSocket had closed its descriptor
    bool m_isConfirming = false;             ///< inside QTcpSocket's bytesWritten(), which does not nest
    Reading m_reading = Reading::On;
    bool m_hasPeerFinished = false;
    bool m_hasFailed = false;
};
