// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "connectionstatus.h"
#include "inbox.h"
#include "outbox.h"
#include "outgoingfile.h"
#include "pausabletimer.h"
#include "piecequeue.h"
#include "stepnumbering.h"
#include "tcpstream.h"

#include <QBasicTimer>

class Journal;

/// How a connection behaves.
struct ConnectionSettings {
    static constexpr int never = -1;

    Framing framing;                    ///< of the messages that come
    std::optional<Framing> sendFraming; ///< of the messages that this end sends, if it is another
    int closeDelayMs = 1000;            ///< after the peer's FIN and the last reply due; or never
    int readAfterMs = 0;                ///< reads nothing for so long, or never; 0: reads at once
    int userTimeoutMs = 0;              ///< the longest wait for an acknowledgement; 0: the system's
};

/// One end of a TCP connection as a conversation: its messages, its numbered steps, its replies that are due and its
/// close. Logs everything that it does to the journal. Lives on the network thread, owned by a Conversation.
class Connection : public QObject, private TcpStream::Listener
{
    Q_OBJECT
public:
    static constexpr int partialMs = 500;

    /// Callbacks; an interface for the same reason as TcpStream's. May call the connection, but must not delete it.
    class Listener
    {
    public:
        /// A whole message, or the last part of one; it is in the journal. payload: without its terminator, until the
        /// next call of the connection.
        virtual void connectionReceived(Connection &connection, QByteArrayView payload, qint64 monotonicUs) = 0;
        virtual void connectionSends() = 0; ///< a message begins; its step follows when the kernel has all of it
        /// The connection closes now. The peer has not acknowledged the remainder; event is what to log if it never
        /// does.
        virtual void connectionCloses(const TcpStream::Remainder &remainder, const Step &event) = 0;
        virtual void connectionFailed() = 0;                       ///< reset by the peer, or timed out
        virtual void connectionIsOver(Connection &connection) = 0; ///< the last call

    protected:
        ~Listener() = default;
        Q_DISABLE_COPY_MOVE(Listener)
        Listener() = default;
    };

    Connection(int id, Side side, std::unique_ptr<QTcpSocket> socket, const QString &peer,
               const ConnectionSettings &settings, Journal &journal, Listener &listener);

    bool open();  ///< call it first; false: no descriptor is left for it. Can be called again
    void start(); ///< ends at once if it could not be opened

    int id() const { return m_status.id; }
    bool isOpen() const { return m_state.isOpen(); }
    bool canSend() const { return m_state.canSend() && !m_resetsWhenSent; }
    bool isSendingFull() const { return m_outbox.isFull() || m_file; } ///< what is sent now has to wait
    bool isSendingFile() const { return m_file != nullptr; }
    bool hasPeerEndedFirst() const { return m_hasPeerEndedFirst; } ///< with FIN or RST, or it was not heard any more

    void send(const MessageTemplate &message); ///< ignored once nothing can be sent
    /// After its delay since this monotonic time, and after the replies added before.
    void reply(const PlannedReply &reply, qint64 sinceUs);
    void skipReply(); ///< too much waits to be sent for a reply to another connection's message; logged once
    void note(const QString &sentence); ///< logs an event about rules
    /// How long nothing has been read, or since when it started; without pauses.
    qint64 silentUs() const { return unpausedUs(StepTime::now().monotonicUs) - m_silentSinceUs; }
    void replyNow();                         ///< sends the next reply due
    void finishSending();                    ///< half-close: FIN follows what was sent; drops replies due
    void close();                            ///< when the kernel has all that was sent; drops replies due
    void closeAtOnce();                      ///< with RST if something has not left; that is dropped and logged
    void reset();                            ///< drops what has not left, and logs it
    void keepOpen();                         ///< no close after the peer's FIN
    void setFraming(const Framing &framing); ///< for sent messages too, unless the settings have another for these
    /// How often a message was repeated, and of how many times; -1: none is repeated any more.
    void setRepeated(qint64 sent, qint64 times);
    void stopFile();    ///< of a file that is being sent, reads no more
    void takePartial(); ///< makes a message of what waits for the end of its message
    /// Leaves what comes in the kernel from now on; a close then leaves it there, too. detail: of the event, if it has
    /// one. Ignored after the peer's FIN.
    void stopReading(const QString &detail = {});
    void readAgain();
    void resume(); ///< the journal has room again
    /// Timeouts and delays wait, and go on with what was left of them. Not the polling of the kernel.
    void setPaused(bool isPaused);

private:
    void timerEvent(QTimerEvent *event) override;

    void sendBytes(const QByteArray &message, const QList<int> &pieces, int gapMs);
    void fillAndSend(const PlannedReply &reply);
    void write(const QByteArray &bytes, const QList<int> &pieces, int gapMs);
    void writePieces();
    void addToOutbox(QByteArrayView payload, qsizetype size, qint64 bytes);
    void logSent(const StepTime &time);
    void sendFile(const StreamedFile &file);
    void feedFile();
    void endFile();
    void failFile(const QString &reason);
    void giveUpFile(const StepTime &time);
    qint64 announcedBytes() const;
    void dropFile();
    qint64 unpausedUs(qint64 monotonicUs) const;
    void doThen(ReplyRule::Then then);
    void resetWhenSent();
    qint64 heldBytes() const { return m_stream.unsentBytes() + m_pieces.bytes(); }
    qint64 unsentBytes() const { return heldBytes() + (m_file ? m_file->remainingBytes() : 0); }
    qint64 unacknowledgedBytes() const { return m_stream.unacknowledgedBytes() + m_pieces.bytes(); }

    void streamReceived(const QByteArray &bytes, const StepTime &time) override;
    void streamSent(qint64 bytes, const StepTime &time) override;
    void streamPeerFinished(const StepTime &time) override;
    void streamFailed(StreamFailure failure, const StepTime &time) override;

    void takeMessages();
    void logReceived(const FramedMessage &message);
    void logSkipped(const FramedMessage &message);
    void logOddLength(const Framer::OddLength &odd);
    void takeRest(bool isAsked);
    void takeAfterSilence();
    void logPeerFinished();
    void sendDueReplies();
    void dropReplies();
    void proceed();
    void watchCloseDelay(bool isIdle);
    TcpStream::Reading reading() const;
    void watchPartial();
    void partialIsLate();
    void watchLimit();
    bool readRest();
    void queueFin();
    void followFin(const std::optional<Descriptor::Info> &info);
    void finishNow();
    void resetNow();
    void resetStream();
    void logIncomplete(const StepTime &time);
    Step undelivered(const StepTime &time) const;
    void addUndelivered(Step step);
    void end();
    bool isBlocked() const;
    void publish();
    Step makeStep(StepKind kind, const StepTime &time) const;
    void log(StepKind kind, const StepTime &time, qint64 bytes = -1, const QString &detail = {});

    Journal &m_journal;
    Listener &m_listener;
    Side m_side;
    ConnectionSettings m_settings;
    ConnectionState m_state;
    ConnectionStatus m_status;
    ConnectionStatus m_published; ///< the journal's copy
    TcpStream m_stream;
    Inbox m_inbox;
    Outbox m_outbox;
    PieceQueue m_pieces;                  ///< in the outbox, but not given to the stream yet
    std::unique_ptr<OutgoingFile> m_file; ///< while it is being sent
    StepNumbering m_numbering;
    qint64 m_counter = 1;       ///< for the next message that contains one
    StepTime m_readTime;        ///< of the last read
    qint64 m_silentSinceUs = 0; ///< monotonic; pauses move it
    PausableTimer m_replyTimer;
    PausableTimer m_pieceTimer;
    PausableTimer m_closeTimer;
    PausableTimer m_partialTimer;
    PausableTimer m_readTimer;
    QBasicTimer m_stateTimer;      ///< for changes of which the kernel sends no event
    bool m_isFinAnnounced = false; ///< a step has said that FIN follows, so another says when it has left
    bool m_isKeptOpen = false;
    bool m_resetsWhenSent = false; ///< nothing more can be sent
    bool m_hasSkippedReply = false;
    bool m_hasPeerEndedFirst = false;
    bool m_isTaking = false; ///< inside takeMessages()
};
