// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "endcapture.h"
#include "jointflow.h"

#include <QStringList>

#include <memory>

/// Two captures of the same conversations, one made at each end, put together: each connection that both contain is one
/// flow with Transits, and the others are as their file has them. Times are on the clock of the first capture. Made on
/// any thread, and then only read.
class JointCapture
{
public:
    using Ends = std::array<std::unique_ptr<EndCapture>, 2>;

    /// Where a flow comes from. By capture: its flow there; -1: that capture does not have it.
    struct Origin {
        std::array<int, 2> flows{-1, -1};
        bool isOfOne() const { return flows[0] < 0 || flows[1] < 0; }
    };

    /// Reads both files. They may be whatever a capture may be; a path that is a pipe can be only one of them.
    static std::shared_ptr<JointCapture> read(const QStringList &paths, ExportProgress &progress);
    /// The captures have been read.
    explicit JointCapture(Ends ends);

    /// Why they cannot be put together: they share no connection, or one cannot be read. A sentence; empty: they can.
    const QString &error() const { return m_error; }
    /// The captures are the same, or were made at the same place. Then flows() are those of the larger one alone,
    /// without Transits, and notes() says so.
    bool isOfOnePlace() const { return m_onePlace.has_value(); }
    /// What is true of all connections: where both clocks are, what is left out or broken off. Sentences.
    QStringList notes() const;
    /// What the picture of this connection says: which file belongs to which end, the clocks, translated addresses.
    QStringList legend(int index, const Flow &flow) const;

    const FlowTable &flows() const { return m_flows; }
    FlowTable takeFlows() { return std::move(m_flows); } ///< flows() is empty then
    const Origin &origin(int flow) const { return m_origins[size_t(flow)]; }
    const EndCapture &end(size_t capture) const { return *m_ends[capture]; }
    qint64 timeUs(size_t capture, qint64 us) const { return m_times.timeUs(capture, us); } ///< on the first clock
    const ClockOffset &offset() const { return m_times.offset; }
    /// The files with the payload, by Segment::payloadFile. They exist as long as this object.
    QStringList contentPaths() const { return {m_ends[0]->contentPath(), m_ends[1]->contentPath()}; }
    QString name(size_t capture) const; ///< of the file, without its folder

    /// The Wire tab's lines of a flow: "A 15:04:05.123456 IP …"; A is the first file, B the second one.
    qsizetype lineCount(const Flow &flow) const;
    qsizetype rowOfLine(const Flow &flow, qsizetype line) const; ///< the first row that the line shows
    qsizetype lineOfRow(const Flow &flow, qsizetype row) const;  ///< the first line that shows the row
    void appendLine(int index, const Flow &flow, qsizetype line, bool isRelative, std::string &to) const;
    /// Passes these lines, under the headings of the flow, to write, as TcpdumpPages::print().
    bool print(int index, const Flow &flow, bool isRelative, const TcpdumpPages::Write &write) const;

private:
    void joinFlows(std::vector<PairedFlow> &paired);
    void showOnePlace();
    void takeTimes(const std::vector<PairedFlow> &paired);
    Flow singleFlow(size_t capture, int flow) const;
    QString clockSentence() const;
    QString endSentence(const Flow &flow) const;

    Ends m_ends;
    JointTimes m_times;
    FlowTable m_flows;
    std::vector<Origin> m_origins;    ///< by flow
    std::optional<size_t> m_onePlace; ///< the capture that is shown alone
    bool m_areSame = false;
    QString m_error;
};
