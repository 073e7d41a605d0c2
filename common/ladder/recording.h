// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flows/flowtable.h"
#include "kernel/kernelstate.h"
#include "matching/jointcapture.h"
#include "matching/linkedflows.h"
#include "matching/stepmatch.h"
#include "tcpdump/tcpdumppages.h"

#include <QObject>

#include <functional>
#include <limits>
#include <span>
#include <unordered_map>

/// What is known of the connections that a window shows, and of its attempts to open one (StepMatch has their
/// numbers): the segments of a capture, the steps of a session and the states that the kernel tells, in whatever
/// order they come. The ladder and the Wire tab show it. Owned by a window or an export, on its thread. Adding costs
/// the same however much is there, and of a step no more memory than StepMatch.
class Recording : public QObject
{
    Q_OBJECT
public:
    using StepReader = std::function<Step(qsizetype)>; ///< by the index of addStep(): as SessionFile::at()

    struct KernelState {
        qint64 timeUs = 0; ///< when it was read
        Side side = Side::Client;
        TcpState state = TcpState::Closed;
    };

    /// How far the stream of an end had come when the kernel was asked: positions as in FlowSegment, FIN's included.
    struct Progress {
        static constexpr qint64 all = std::numeric_limits<qint64>::max();

        qint64 timeUs = 0;
        qint64 left = all;         ///< what stands before it had left
        qint64 acknowledged = all; ///< what stands before it was acknowledged by the other end's TCP
        qint64 read = all;         ///< what stands before it was read by the other end's program, as far as is known
        bool operator==(const Progress &) const = default;
    };

    explicit Recording(StepReader readStep, quint16 serverPort = 0, QObject *parent = nullptr);

    /// Another capture begins. The segments of the one before stay, but not their payload, which was in its file.
    void beginCapture();
    /// Segments and steps are to come; a step may wait for its segments. False, to begin with: none are to come.
    void setCapturing(bool capturing);
    bool isCapturing() const { return m_capturing; }

    void addSegments(const std::vector<Segment> &segments);
    void addFlow(Flow flow); ///< a copy of one, from another recording; it has no page
    /// Shows two captures that were put together, instead of segments that are added. There is nothing else yet.
    void setJoint(std::shared_ptr<JointCapture> joint);
    const JointCapture *joint() const { return m_joint.get(); } ///< null: segments were added
    /// Shows what an emulated link carries, instead of the same segments when they are added. files: as LinkedFlows.
    void beginLink(const QStringList &files);
    const LinkedFlows *link() const { return m_link.get(); }              ///< null: there is none
    void addLinkSegments(Side end, const std::vector<Segment> &segments); ///< as LinkedFlows
    void addLinkReports(std::span<const LinkReport> reports);
    void missLinkReports();
    /// What the picture of a flow says about its captures; of added flows, setLegend().
    QStringList legend(int flow) const;
    void setLegend(const QStringList &legend) { m_legend = legend; }
    /// What exported pictures say about the network between the two ends; empty: nothing.
    void setNetwork(const QString &sentence) { m_network = sentence; }
    const QString &network() const { return m_network; }
    void swapEnds(int flow);                    ///< makes its client the server (Flow::swapEnds())
    void setEnded();                            ///< the capture is over, for every flow
    void clearSteps();                          ///< and states; what shows them must show no connection now
    void addStep(const Step &step);             ///< of any kind and connection, in the order of their session
    void addSteps(std::span<const Step> steps); ///< likewise; what shows them looks once, however many there are
    /// What the kernel says of an end of a connection. Only changes are kept.
    void addState(int connection, const KernelState &state);
    /// The same, and how far the streams have come. Nothing: the kernel does not tell.
    void addSocket(int connection, Side side, const std::optional<KernelSocket> &socket, qint64 timeUs);
    /// The kernel will be asked about what is shown: until it has answered, nothing is taken to have arrived.
    void setAsksKernel(bool asks) { m_asksKernel = asks; }
    bool asksKernel() const { return m_asksKernel; }

    const FlowTable &flows() const { return m_flows; }
    const StepMatch &match() const { return m_match; }
    const TcpdumpPages &pages() const { return m_pages; }
    /// What was added of a capture, also what the link carries. Without a link: nothing.
    const FlowTable &flowsBesideLink() const { return m_flowsBesideLink; }
    Step step(qsizetype index) const { return m_readStep(index); }
    qsizetype stepCount() const { return m_match.count(); }
    const std::vector<KernelState> &statesOf(int connection) const;
    std::optional<Progress> progressOf(int connection, Side sender) const;  ///< nothing: the kernel was not asked (yet)
    int flowOf(int connection) const { return m_match.flowOf(connection); } ///< -1: none is known (yet)

signals:
    void segmentAdded(int flow, qsizetype changedFrom); ///< the flow's rows from this on are new or not as before
    void stepAdded(qsizetype index, const Step &step);
    void stateAdded(int connection); ///< the kernel tells something new of it
    void captureBegan();
    void changed(); ///< after all that one call has added

private:
    struct Kernel {
        std::vector<KernelState> states;
        std::array<std::optional<Progress>, 2> progress; ///< by Side
    };

    void note(const Step &step);
    void tell(const std::vector<LinkedFlows::Change> &changes);
    static bool add(Kernel &kernel, const KernelState &state);
    static void update(Kernel &kernel, Side side, const KernelSocket &socket, qint64 timeUs);

    StepReader m_readStep;
    FlowTable m_flows;
    StepMatch m_match;
    TcpdumpPages m_pages;
    std::unordered_map<int, Kernel> m_kernel; ///< by connection
    std::shared_ptr<const JointCapture> m_joint;
    std::unique_ptr<LinkedFlows> m_link;
    FlowTable m_flowsBesideLink;
    QStringList m_legend;
    QString m_network;
    bool m_capturing = false;
    bool m_asksKernel = false;
};
