// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "connectionstatus.h"
#include "framing.h"
#include "replyqueue.h"
#include "stepnumbering.h"
#include "tcpstream.h"

#include <QBasicTimer>
#include <QList>

class Journal;

/// How a connection behaves.
struct ConnectionSettings {
    static constexpr int never = -1;

    Framing framing = Framing::Nul;
    int closeDelayMs = 1000; ///< after the peer's FIN and the last reply due; or never
    int userTimeoutMs = 0;   ///< the longest wait for an acknowledgement; 0: the system's
};

/// One TCP connection, either end, as a conversation: its messages, its numbered steps, its replies that are due and
/// its close. Logs everything it does to the journal. Lives on the network thread, owned by a Conversation.
class Connection : public QObject, private TcpStream::User
{
    Q_OBJECT
public:
    static constexpr qint64 sendLimit = 64 * 1024 * 1024; ///< bytes waiting to be sent, replies due included
    static constexpr int partialMs = 500;

    /// Who is told what happens; an interface for the reason that TcpStream's is one. May command the connection meanwhile, and not
    /// delete it.
    class User
    {
    public:
        /// A whole message, or the last part of one; it is in the journal.
        virtual void connectionReceived(Connection &connection, qint64 monotonicUs) = 0;
        virtual void connectionSends() = 0; ///< a message begins; the journal gets it when the kernel has all of it
        /// It closes now. remainder is what the peer has not acknowledged; event may become of that.
        virtual void connectionCloses(const TcpStream::Remainder &remainder, const Step &event) = 0;
        virtual void connectionFailed() = 0;                       ///< reset by the peer, or timed out
        virtual void connectionIsOver(Connection &connection) = 0; ///< the last call

    protected:
        ~User() = default;
        Q_DISABLE_COPY_MOVE(User)
        User() = default;
    };

    Connection(int id, Side side, std::unique_ptr<QTcpSocket> socket, const QString &peer,
               const ConnectionSettings &settings, Journal &journal, User &user);

    bool open();  ///< first of all; false: no descriptor is left for it. May be tried again
    void start(); ///< ends at once if it could not be opened

    int id() const { return m_status.id; }
    bool isOpen() const { return m_status.isOpen; }

    void send(const QByteArray &message);                ///< ignored when nothing can be sent any more
    void reply(const QByteArray &message, qint64 dueUs); ///< at this monotonic time, after the replies due before it
    void replyNow();                                     ///< sends the next reply due
    void finishSending();                                ///< half-close: FIN follows what was sent; drops replies due
    void close();                                        ///< when the kernel has all that was sent; drops replies due
    void closeAtOnce(); ///< with RST if something has not left, which is dropped (counted)
    void reset();       ///< drops what has not left (counted)
    void keepOpen();    ///< no close after the peer's FIN
    void setFraming(Framing framing);
    void takePartial(); ///< what waits for a terminator is a message
    void resume();      ///< the journal has room again

private:
    struct OutgoingMessage {
        qint64 end = 0; ///< offset in the stream: it is sent when so many bytes are
        Step step;
    };

    void timerEvent(QTimerEvent *event) override;

    void streamReceived(const QByteArray &bytes, const StepTime &time) override;
    void streamSent(qint64 bytes, const StepTime &time) override;
    void streamPeerFinished(const StepTime &time) override;
    void streamFailed(TcpStream::Failure failure, const StepTime &time) override;

    void takeMessages();
    void logReceived(const FramedMessage &message);
    void logPeerFinished();
    void sendDueReplies();
    void dropReplies();
    void goOn();
    void watchCloseDelay(bool idle);
    void watchPartial();
    void watchLimit();
    bool readRest();
    void queueFin();
    void followFin(const std::optional<Descriptor::Info> &info);
    void finishNow();
    void resetNow();
    void resetStream();
    void logIncomplete(const StepTime &time);
    void logUndelivered(const StepTime &time, qint64 bytes);
    void end();
    bool isBlocked() const;
    bool canSend() const;
    void publish();
    Step makeStep(StepKind kind, const StepTime &time) const;
    void log(StepKind kind, const StepTime &time, qint64 bytes = -1, const QString &detail = {});

    Journal &m_journal;
    User &m_user;
    Side m_side;
    ConnectionSettings m_settings;
    ConnectionStatus m_status;
    ConnectionStatus m_published; ///< what the journal has of it
    TcpStream m_stream;
    Framer m_framer;
    StepNumbering m_numbering;
    QList<OutgoingMessage> m_outgoing; ///< most connections never need memory for it
    ReplyQueue m_replies;
    qint64 m_written = 0; ///< bytes ever given to the stream
    qint64 m_sent = 0;    ///< of them, those that the kernel has
    qint64 m_taken = 0;   ///< bytes of messages received
    StepTime m_readTime;  ///< of the last read
    QBasicTimer m_replyTimer;
    QBasicTimer m_closeTimer;
    QBasicTimer m_partialTimer;
    QBasicTimer m_stateTimer; ///< for what the kernel does without telling
    Sending m_sending = Sending::Open;
    bool m_finIsToBeTold = false; ///< it was said that FIN follows
    bool m_closeWanted = false;
    bool m_resetWanted = false;
    bool m_keepOpen = false;
    bool m_finSeen = false;   ///< by the stream
    bool m_finLogged = false; ///< and all messages before it
    bool m_over = false;      ///< the stream has failed, or is being ended
    bool m_sendIsFull = false;
    bool m_taking = false;  ///< messages from the framer
    bool m_hasMore = false; ///< the framer may hold whole messages
    bool m_partsLogged = false;
};
