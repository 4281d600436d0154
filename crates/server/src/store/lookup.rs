//! Look-ups by key: those that wait share one statement, as batches that wait share one transaction.
//!
//! A statement is a trip to the connection's thread or server and back; every request needs a few, and with many callers
//! those trips cost more than everything else that a small request needs.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

/// Keys that share one statement.
const KEYS_MAX: usize = 256;

/// Hands keys to a task that looks up all of them that wait; cheap to clone. The task ends when the last handle is gone.
#[derive(Debug)]
pub struct Lookup<K, V> {
    sender: mpsc::UnboundedSender<Question<K, V>>,
}

#[derive(Debug)]
struct Question<K, V> {
    key: K,
    answer: oneshot::Sender<Result<Option<V>, LookupFailed>>,
}

/// Why a look-up gave no answer; the same for all that shared it.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct LookupFailed(pub Arc<sqlx::Error>);

impl<K, V> Lookup<K, V>
where
    K: Eq + Hash + Clone + Send + Sync + 'static,
    V: Clone + Send + 'static,
{
    /// `find` gives what there is of some keys.
    pub fn start<F, Found>(find: F) -> Self
    where
        F: Fn(Vec<K>) -> Found + Send + 'static,
        Found: Future<Output = sqlx::Result<HashMap<K, V>>> + Send + 'static,
    {
        let (sender, receiver) = mpsc::unbounded_channel();
        tokio::spawn(run(find, receiver));
        Self { sender }
    }

    /// What there is of this key, as the database has it when this is called or later: a statement that is under way
    /// already is not joined.
    pub async fn find(&self, key: K) -> Result<Option<V>, LookupFailed> {
        let (answer, answered) = oneshot::channel();
        // The task is gone only when the process ends; then the question is dropped, and that is the answer.
        let _ = self.sender.send(Question { key, answer });
        answered
            .await
            .unwrap_or_else(|_| Err(LookupFailed(Arc::new(sqlx::Error::PoolClosed))))
    }
}

async fn run<K, V, F, Found>(find: F, mut questions: mpsc::UnboundedReceiver<Question<K, V>>)
where
    K: Eq + Hash + Clone,
    V: Clone,
    F: Fn(Vec<K>) -> Found,
    Found: Future<Output = sqlx::Result<HashMap<K, V>>>,
{
    let mut waiting = Vec::new();
    while questions.recv_many(&mut waiting, KEYS_MAX).await > 0 {
        let found = find(waiting.iter().map(|question| question.key.clone()).collect()).await;
        let found = found.map_err(|error| LookupFailed(Arc::new(error)));
        for Question { key, answer } in waiting.drain(..) {
            // Whoever asked may have gone.
            let _ = answer.send(match &found {
                Ok(found) => Ok(found.get(&key).cloned()),
                Err(failed) => Err(failed.clone()),
            });
        }
    }
}

impl<K, V> Clone for Lookup<K, V> {
    fn clone(&self) -> Self {
        Self {
            sender: self.sender.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use tokio::sync::Semaphore;

    use super::*;

    #[tokio::test]
    async fn those_that_wait_share_a_statement_and_none_joins_one_that_is_under_way() {
        let statements: Arc<Mutex<Vec<Vec<u32>>>> = Arc::default();
        let go = Arc::new(Semaphore::new(0));
        let (noted, told) = (Arc::clone(&statements), Arc::clone(&go));
        let lookup = Lookup::start(move |keys: Vec<u32>| {
            noted.lock().unwrap().push(keys.clone());
            let told = Arc::clone(&told);
            async move {
                told.acquire().await.unwrap().forget();
                Ok(keys
                    .into_iter()
                    .filter(|key| *key < 10)
                    .map(|key| (key, key * 2))
                    .collect())
            }
        });
        let first = tokio::spawn({
            let lookup = lookup.clone();
            async move { lookup.find(1).await.unwrap() }
        });
        while statements.lock().unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
        let find = async |key| lookup.find(key).await.unwrap();
        // Asked in this order; only then both statements may end.
        let (same, second, absent, ()) =
            tokio::join!(find(1), find(2), find(10), async { go.add_permits(2) });
        assert_eq!(
            (first.await.unwrap(), same, second, absent),
            (Some(2), Some(2), Some(4), None)
        );
        assert_eq!(*statements.lock().unwrap(), [vec![1], vec![1, 2, 10]]);
    }

    #[tokio::test]
    async fn one_failure_is_told_to_all_and_the_next_look_up_is_a_new_one() {
        let tries = Arc::new(Mutex::new(0));
        let lookup = Lookup::start(move |keys: Vec<u32>| {
            *tries.lock().unwrap() += 1;
            let failed = *tries.lock().unwrap() == 1;
            async move {
                if failed {
                    return Err(sqlx::Error::PoolTimedOut);
                }
                Ok(keys.into_iter().map(|key| (key, key)).collect())
            }
        });
        let (one, two) = tokio::join!(lookup.find(1), lookup.find(2));
        assert!(one.is_err() && two.is_err());
        assert_eq!(lookup.find(1).await.unwrap(), Some(1));
    }
}
