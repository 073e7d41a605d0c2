// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "dice.h"
#include "support/rawpeer.h"

#include <QString>

/// The other end of one connection, in plain system calls: randomly friendly or hostile. Keeps account of every byte
/// that it has sent and received. Never blocks.
class SoakPeer
{
public:
    /// Connects from a separate host in 127.0.0.0/8 for each peer, so that no two connections are ever confused.
    static SoakPeer connectTo(quint16 port, quint32 host, char terminator, Dice &dice);
    static SoakPeer listener(quint32 host, char terminator, Dice &dice); ///< accepts one connection

    void resetAtOnce();
    void act(Dice &dice); ///< one turn
    void wrapUp();        ///< from now on it sends nothing new, reads everything and ends

    bool hasEnded() const { return m_hasEnded; }
    bool isListening() const { return m_listener.isOpen(); }
    quint16 port() const { return m_port; }
    const QString &endpoint() const { return m_endpoint; } ///< "127.1.0.1:1234", as our end reports it

    const QByteArray &sent() const { return m_sent; } ///< what its kernel accepted
    qint64 delivered() const { return m_delivered; }  ///< the part that our kernel had when this end ended
    const QByteArray &received() const { return m_received; }
    bool sawEnd() const { return m_sawEnd; }
    bool sawReset() const { return m_sawReset; }
    qint64 couldRead() const { return m_couldRead; } ///< bytes that its kernel may have held when it ended

    QString text() const;

private:
    enum class Writing { Silent, Messages, ByteAtATime, NoTerminator, TerminatorsOnly };
    enum class Reading { Eager, Slow, Late };
    enum class Ending { WaitForEnd, HalfClose, Close, Reset };

    SoakPeer(quint32 host, char terminator, Dice &dice);
    void write(Dice &dice);
    void prepare(Dice &dice);
    void read(qsizetype atMost);
    void finishSending();
    void end(bool reset);
    bool noteError();

    RawPeer m_listener;
    RawPeer m_socket;
    quint16 m_port = 0;
    QString m_endpoint;
    char m_terminator;
    Writing m_writing;
    Reading m_reading;
    Ending m_ending;
    qint64 m_budget;       ///< bytes still to be sent
    int m_patience;        ///< turns until it ends at the latest
    int m_late;            ///< turns in which it does not read
    QByteArray m_outgoing; ///< m_start bytes of it are sent
    qsizetype m_start = 0;
    QByteArray m_sent;
    QByteArray m_received;
    qint64 m_delivered = 0;
    qint64 m_couldRead = 0;
    bool m_wrapsUp = false;
    bool m_finished = false; ///< the FIN was sent
    bool m_hasEnded = false;
    bool m_sawEnd = false;
    bool m_sawReset = false;
};
