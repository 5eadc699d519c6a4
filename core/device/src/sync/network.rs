//! What may go over which network: files wait for one that costs less, entries never do.

use crate::store::MediaClass;

/// What using the present network costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// None is there.
    None,
    /// Nothing.
    Unmetered,
    /// By what is sent.
    Metered,
    /// The same, abroad.
    Roaming,
}

/// Which files are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FilesToSend {
    /// All.
    #[default]
    All,
    /// What the office needs to see the machine and the papers: small pictures and documents; originals and videos wait
    /// for a network that costs nothing.
    Small,
    /// All but videos.
    AllButVideos,
}

impl FilesToSend {
    /// What goes over a network that costs before the person says otherwise: nobody pays for originals unasked.
    pub const USUAL_OVER_METERED: FilesToSend = FilesToSend::Small;

    /// Which may go over a network: all where it costs nothing (and where there is none yet, so that nothing begins anew
    /// when one comes), what the person allows where it costs, no large ones abroad whatever they allow. Who allowed
    /// nothing yet allows [`FilesToSend::USUAL_OVER_METERED`].
    pub fn over(network: Network, over_metered: Option<FilesToSend>) -> FilesToSend {
        match network {
            Network::Unmetered | Network::None => FilesToSend::All,
            Network::Metered => over_metered.unwrap_or(FilesToSend::USUAL_OVER_METERED),
            Network::Roaming => FilesToSend::Small,
        }
    }

    /// The last class of files that is sent, in the order of sending.
    pub fn last_class(self) -> MediaClass {
        match self {
            FilesToSend::All => MediaClass::Video,
            FilesToSend::AllButVideos => MediaClass::Original,
            FilesToSend::Small => MediaClass::Document,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_decides_about_a_network_that_costs_and_nobody_sends_films_abroad() {
        for allowed in [FilesToSend::All, FilesToSend::AllButVideos, FilesToSend::Small] {
            let over = |network| FilesToSend::over(network, Some(allowed));
            assert_eq!(over(Network::Unmetered), FilesToSend::All);
            assert_eq!(over(Network::None), FilesToSend::All);
            assert_eq!(over(Network::Metered), allowed);
            assert_eq!(over(Network::Roaming), FilesToSend::Small);
        }
        assert_eq!(FilesToSend::over(Network::Metered, None), FilesToSend::Small, "nobody was asked yet");
    }
}
