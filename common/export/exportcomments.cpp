// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "exportcomments.h"

#include "capture/capturefile.h"
#include "stepcomments.h"

#include <algorithm>

QString ExportComments::read(const ExportSource &source, ExportProgress &progress)
{
    m_steps.emplace(source.session, SessionSteps::Remember::Places);
    if (const QString error = m_steps->open(); !error.isEmpty())
        return error;
    FlowTable flows;
    CaptureFile file(source.capture);
    file.readRest([&](const std::vector<Segment> &segments) {
        for (const Segment &segment : segments)
            flows.append(segment);
        return !progress.isCancelled();
    });
    StepMatch match(flows);
    std::vector<bool> isEvent;
    for (Step step; m_steps->next(step) && !progress.isCancelled();) {
        progress.set(m_steps->done(), m_steps->all());
        match.add(step); // events too: they tell which connection is which flow
        isEvent.push_back(step.isEvent());
    }
    for (size_t step = 0; step < isEvent.size() && !progress.isCancelled(); ++step) {
        const quint32 frame = isEvent[step] ? 0 : StepComments::frameOf(match, flows, StepRow(qsizetype(step)));
        if (frame > 0)
            m_places.emplace_back(frame, quint32(step));
    }
    std::sort(m_places.begin(), m_places.end());
    return {};
}

QStringList ExportComments::of(quint32 frame) const
{
    QStringList comments;
    for (auto place = std::ranges::lower_bound(m_places, std::pair(frame, quint32(0)));
         place != m_places.end() && place->first == frame; ++place)
        comments.append(StepComments::text(m_steps->at(place->second)));
    return comments;
}
