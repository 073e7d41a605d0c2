// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "connectionstate.h"

#include <array>
#include <variant>

namespace {

using StatePart = std::variant<Sending, Receiving, Life>;

struct Transition {
    ConnectionEvent event;
    StatePart from;
    StatePart to;
    Life last; ///< the last stage of the connection's life in which this can happen
};

/// All transitions. What is not here is ignored.
constexpr auto transitions = [] {
    using enum ConnectionEvent;
    return std::array{
        // this end's FIN
        Transition{FinishAsked, Sending::Open, Sending::FinWanted, Life::Open},
        Transition{FinHandedOver, Sending::FinWanted, Sending::FinQueued, Life::CloseWanted},
        Transition{FinLeft, Sending::FinQueued, Sending::FinSent, Life::Ending},
        Transition{FinAcknowledged, Sending::FinSent, Sending::FinAcked, Life::Ending},
        // the peer's FIN
        Transition{PeerFinSeen, Receiving::Open, Receiving::FinSeen, Life::Ending},
        Transition{PeerFinLogged, Receiving::FinSeen, Receiving::FinLogged, Life::Ending},
        // the connection's life
        Transition{CloseAsked, Life::Open, Life::CloseWanted, Life::Open},
        Transition{ResetAsked, Life::Open, Life::ResetWanted, Life::Open},
        Transition{ResetAsked, Life::CloseWanted, Life::ResetWanted, Life::CloseWanted},
        Transition{EndBegun, Life::Open, Life::Ending, Life::Open},
        Transition{EndBegun, Life::CloseWanted, Life::Ending, Life::CloseWanted},
        Transition{EndBegun, Life::ResetWanted, Life::Ending, Life::ResetWanted},
        Transition{Ended, Life::Open, Life::Over, Life::Open}, // it could not be opened
        Transition{Ended, Life::Ending, Life::Over, Life::Ending},
    };
}();

bool holds(const ConnectionState &state, const StatePart &part)
{
    return part == StatePart(state.sending) || part == StatePart(state.receiving) || part == StatePart(state.life);
}

struct SetPart {
    ConnectionState &state;

    void operator()(Sending sending) const { state.sending = sending; }
    void operator()(Receiving receiving) const { state.receiving = receiving; }
    void operator()(Life life) const { state.life = life; }
};

} // namespace

bool ConnectionState::apply(ConnectionEvent event)
{
    for (const Transition &transition : transitions) {
        if (transition.event != event || life > transition.last || !holds(*this, transition.from))
            continue;
        std::visit(SetPart{*this}, transition.to);
        return true;
    }
    return false;
}
