// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "verdicts.h"

#include "base/exportprogress.h"

using namespace Qt::StringLiterals;

WeatherReport Verdicts::of(const WeatherRecord &record)
{
    WeatherReport report;
    LinkTruth truth(record.events);
    ExportProgress progress;
    const auto joint = JointCapture::read({record.captures[0], record.captures[1]}, progress);
    std::vector<EndView> views;
    for (const Side side : bothSides) {
        const FlowTable &flows = joint->end(size_t(side)).flows();
        if (flows.count() != 1) {
            report.fault(u"capture"_s, u"there are %1 connections instead of one"_s.arg(flows.count()));
            return report;
        }
        EndView view(joint->end(size_t(side)), truth, side, report);
        if (!view.isWhole())
            return report;
        view.noteAccepted(truth);
        views.push_back(view);
    }
    const Views both{&views[0], &views[1]};
    for (const EndView &view : std::as_const(views)) {
        compareRetransmissions(view, truth, report);
        compareLosses(view, both, truth, report);
        compareHeadings(view, truth, report);
        compareStates(view, both, truth, record.samples, report);
    }
    if (!joint->error().isEmpty() || joint->flows().count() != 1 || !joint->flows().at(0).transits()) {
        report.fault(u"joint"_s, u"the captures were not put together: "_s + joint->error());
        return report;
    }
    const Flow &flow = joint->flows().at(0);
    compareTransits(flow, both, truth, report);
    compareJointStates(flow, both, truth, record.samples, report);
    compareJointHeadings(flow, both, truth, report);
    return report;
}
