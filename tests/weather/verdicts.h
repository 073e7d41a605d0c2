// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "endview.h"
#include "matching/jointcapture.h"
#include "weatherrun.h"

/// Compares what was inferred from captures with what the link and the kernel know.
namespace Verdicts {

/// Everything, from the record and its captures.
WeatherReport of(const WeatherRecord &record);

using Views = std::array<const EndView *, 2>; ///< by Side

void compareRetransmissions(const EndView &view, const LinkTruth &truth, WeatherReport &report);
void compareLosses(const EndView &view, const Views &views, const LinkTruth &truth, WeatherReport &report);
void compareHeadings(const EndView &view, const LinkTruth &truth, WeatherReport &report);
void compareStates(const EndView &view, const Views &views, const LinkTruth &truth,
                   const std::vector<StateSample> &samples, WeatherReport &report);

/// The first capture of the joint one is that of the client.
void compareTransits(const Flow &joint, const Views &views, const LinkTruth &truth, WeatherReport &report);
void compareJointStates(const Flow &joint, const Views &views, const LinkTruth &truth,
                        const std::vector<StateSample> &samples, WeatherReport &report);
void compareJointHeadings(const Flow &joint, const Views &views, const LinkTruth &truth, WeatherReport &report);

} // namespace Verdicts
